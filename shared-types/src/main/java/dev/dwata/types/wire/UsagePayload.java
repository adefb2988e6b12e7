package dev.dwata.types.wire;

import dev.dwata.types.TokenUsage;
import java.util.List;

/// What models were used in some days.
///
/// @param from  the first day, in UTC
/// @param to    the last day
/// @param by    what each row stands for: `day`, `model` or `session`
/// @param calls of models, all rows together; of sessions, runs
/// @param total all rows together, those included that are not listed
public record UsagePayload(String from, String to, String by, long calls, TokenUsage total, List<UsageRow> rows) {
    public UsagePayload {
        rows = List.copyOf(rows);
    }
}
