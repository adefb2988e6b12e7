package dev.dwata.agent.testing;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Projection.ModelAsked;
import dev.dwata.agent.store.Scope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was used and set aside in an [InMemoryStore].
final class InMemoryLedger {
    private final Map<RunId, RunState> runs;
    private final Map<Key, Amount> spent = new HashMap<>();
    private final Map<Call, SetAside> reserved = new HashMap<>();
    final Map<Day, Used> days = new HashMap<>();

    InMemoryLedger(Map<RunId, RunState> runs) {
        this.runs = runs;
    }

    private record Key(Scope scope, String value) {}

    private record Call(RunId run, String call) {}

    private record SetAside(Map<Scope, Key> account, Amount amount) {}

    record Day(Principal owner, LocalDate day, String model) {}

    record Used(long calls, TokenUsage usage) {}

    static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private Map<Scope, Key> account(RunInfo run, Instant time) {
        RunState root = runs.get(run.rootRunId());
        Map<Scope, Key> account = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            String value = switch (scope) {
                case RUN -> run.rootRunId().value();
                case SESSION -> (root == null ? run : root.info).sessionId().value();
                case OWNER -> run.owner().id();
                case DAY -> run.owner().id() + " " + day(time);
            };
            account.put(scope, new Key(scope, value));
        }
        return account;
    }

    void asked(RunInfo run, ModelAsked asked, Instant time) {
        reserved.remove(new Call(run.id(), ""));
        spend(run, Amount.of(asked.usage()), time);
        days.merge(
                new Day(run.owner(), day(time), asked.model()),
                new Used(1, asked.usage()),
                (a, b) -> new Used(a.calls + b.calls, a.usage.plus(b.usage)));
    }

    void called(RunInfo run, String call, Instant time) {
        reserved.remove(new Call(run.id(), call));
        spend(run, Amount.TOOL_CALL, time);
    }

    void spend(RunInfo run, Amount amount, Instant time) {
        account(run, time).values().forEach(key -> spent.merge(key, amount, Amount::plus));
    }

    /// What the run had set aside for models may have been used; its tool calls were not begun.
    void forfeit(RunId run) {
        reserved.entrySet().removeIf(entry -> {
            boolean is = entry.getKey().run.equals(run);
            if (is && entry.getKey().call.isEmpty()) {
                spend(entry.getValue());
            }
            return is;
        });
    }

    private void spend(SetAside used) {
        used.account.values().forEach(key -> spent.merge(key, used.amount, Amount::plus));
    }

    /// What was set aside for the call before: the same, for one call.
    void forfeit(RunInfo run, String call) {
        SetAside before = reserved.remove(new Call(run.id(), call));
        if (before != null && call.isEmpty()) {
            spend(before);
        }
    }

    void release(RunId run, String call) {
        reserved.remove(new Call(run, call));
    }

    void reserve(RunInfo run, String call, Amount amount, Instant now) {
        reserved.put(new Call(run.id(), call), new SetAside(account(run, now), amount));
    }

    Map<Scope, Balance> balances(RunInfo run, Instant now) {
        Map<Scope, Balance> balances = new EnumMap<>(Scope.class);
        account(run, now)
                .forEach((scope, key) ->
                        balances.put(scope, new Balance(spent.getOrDefault(key, Amount.NONE), reserved(scope, key))));
        return balances;
    }

    private Amount reserved(Scope scope, Key key) {
        Amount sum = Amount.NONE;
        for (SetAside one : reserved.values()) {
            sum = key.equals(one.account.get(scope)) ? sum.plus(one.amount) : sum;
        }
        return sum;
    }

    /// @param since absent if it was not carried out
    void stopped(RunInfo run, @Nullable Instant since, Instant time) {
        if (since != null && run.depth() == 0) {
            spend(run, Amount.ofMillis(Math.max(0, time.toEpochMilli() - since.toEpochMilli())), time);
        }
    }
}
