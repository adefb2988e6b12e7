package dev.dwata.gateway.api;

import dev.dwata.agent.store.Usage;
import dev.dwata.agent.store.Usage.OfDay;
import dev.dwata.agent.store.Usage.OfSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import dev.dwata.types.wire.UsageRow;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What models were used, for one principal at a time.
public final class UsageOperations {
    private static final int MOST_DAYS = 366;
    private static final int MOST_SESSIONS = 1_000;
    private static final int USUAL_DAYS = 7;

    private final Usage usage;
    private final InstantSource clock;

    public UsageOperations(Usage usage, InstantSource clock) {
        this.usage = usage;
        this.clock = clock;
    }

    private record Days(LocalDate from, LocalDate to) {}

    /// @throws AgentException with `InvalidRequest` that names what is wrong
    public UsagePayload usage(Principal who, UsageParams params) {
        Days days = days(params);
        String by = params.by() == null ? "day" : params.by();
        List<UsageRow> rows = switch (by) {
            case "day" -> rows(who, days, row -> row.day().toString());
            case "model" -> rows(who, days, OfDay::model);
            case "session" ->
                usage.sessions(who, days.from, days.to, MOST_SESSIONS).stream()
                        .map(UsageOperations::row)
                        .toList();
            default -> throw invalid("by must be day, model or session, not '" + by + "'");
        };
        long calls = rows.stream().mapToLong(UsageRow::calls).sum();
        TokenUsage total = rows.stream().map(UsageRow::usage).reduce(TokenUsage.ZERO, TokenUsage::plus);
        return new UsagePayload(days.from.toString(), days.to.toString(), by, calls, total, rows);
    }

    private List<UsageRow> rows(Principal who, Days days, Function<OfDay, String> key) {
        Map<String, UsageRow> rows = new LinkedHashMap<>();
        for (OfDay one : usage.days(who, days.from, days.to)) {
            String of = key.apply(one);
            rows.merge(of, new UsageRow(of, of, one.calls(), one.usage()), UsageOperations::sum);
        }
        return List.copyOf(rows.values());
    }

    private static UsageRow sum(UsageRow a, UsageRow b) {
        return new UsageRow(a.key(), a.label(), a.calls() + b.calls(), a.usage().plus(b.usage()));
    }

    private static UsageRow row(OfSession session) {
        return new UsageRow(session.session().value(), session.title(), session.runs(), session.usage());
    }

    private Days days(UsageParams params) {
        LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate to = day("to", params.to(), today);
        LocalDate from = day("from", params.from(), to.minusDays(USUAL_DAYS - 1));
        if (from.isAfter(to)) {
            throw invalid("from must not be after to, and " + from + " is after " + to);
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw invalid("from and to may be " + MOST_DAYS + " days apart at most");
        }
        return new Days(from, to);
    }

    private static LocalDate day(String name, @Nullable String given, LocalDate otherwise) {
        try {
            return given == null || given.isBlank() ? otherwise : LocalDate.parse(given.strip());
        } catch (DateTimeParseException e) {
            throw new AgentException(
                    new AgentError.InvalidRequest(name + " must be a day like 2026-11-21, not '" + given + "'"), e);
        }
    }

    private static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
