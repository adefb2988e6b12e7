package dev.dwata.agent.tool.memory;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dwata.agent.store.Memory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// What a model is told of facts.
final class Told {
    private static final int LONGEST_VALUE = 500;

    private Told() {}

    /// @param value  cut to 500 code points, and then with an ellipsis at its end
    /// @param pinned absent: no
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            String key,
            String value,
            Instant updatedAt,
            @Nullable Boolean pinned) {
        static Listed of(Memory.Entry entry) {
            return new Listed(entry.key(), cut(entry.value()), entry.updatedAt(), entry.pinned() ? true : null);
        }
    }

    /// @param total how many there are, listed or not
    record Listing(List<Listed> entries, long total, boolean truncated) {}

    /// @param snippet some of the value, with « » around the words
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Found(String key, Whose scope, String snippet, boolean pinned, Instant updatedAt) {
        static Found of(Memory.Hit hit) {
            Memory.Entry entry = hit.entry();
            return new Found(entry.key(), Whose.of(hit.scope()), hit.snippet(), entry.pinned(), entry.updatedAt());
        }
    }

    record Findings(List<Found> facts) {}

    record Stored(String key) {}

    record Deleted(String key, boolean deleted) {}

    private static String cut(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_VALUE
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
    }
}
