package dev.dwata.agent.testing;

import dev.dwata.agent.store.Usage;
import dev.dwata.types.Principal;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class InMemoryUsage implements Usage {
    private final StoredState state;

    InMemoryUsage(StoredState state) {
        this.state = state;
    }

    @Override
    public List<OfDay> days(Principal owner, LocalDate from, LocalDate to) {
        return state.locked(() -> state.ledger.days.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner))
                .filter(entry -> !entry.getKey().day().isBefore(from)
                        && !entry.getKey().day().isAfter(to))
                .map(entry -> new OfDay(
                        entry.getKey().day(),
                        entry.getKey().model(),
                        entry.getValue().calls(),
                        entry.getValue().usage()))
                .sorted(Comparator.comparing(OfDay::day).reversed().thenComparing(OfDay::model))
                .toList());
    }

    @Override
    public List<OfSession> sessions(Principal owner, LocalDate from, LocalDate to, int limit) {
        return state.locked(() -> {
            Map<SessionId, OfSession> sessions = new HashMap<>();
            for (RunState run : state.runs.values()) {
                LocalDate day = InMemoryLedger.day(run.info.createdAt());
                if (run.info.owner().equals(owner) && !day.isBefore(from) && !day.isAfter(to)) {
                    OfSession one = of(run.info);
                    sessions.merge(one.session(), one, InMemoryUsage::sum);
                }
            }
            return sessions.values().stream()
                    .sorted(Comparator.comparingLong(
                                    (OfSession one) -> one.usage().total())
                            .reversed()
                            .thenComparing(one -> one.session().value()))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public TokenUsage of(SessionId session) {
        return state.locked(() -> state.runs.values().stream()
                .filter(run -> isOf(session, run.info))
                .map(run -> run.info.usage())
                .reduce(TokenUsage.ZERO, TokenUsage::plus));
    }

    private boolean isOf(SessionId session, RunInfo run) {
        RunState parent = run.parentRunId() == null ? null : state.runs.get(run.parentRunId());
        return run.sessionId().equals(session) || (parent != null && isOf(session, parent.info));
    }

    private OfSession of(RunInfo run) {
        RunState root = state.runs.get(run.rootRunId());
        SessionState session = state.session((root == null ? run : root.info).sessionId());
        long runs = run.depth() == 0 ? 1 : 0;
        return new OfSession(session.id, session.info().title(), runs, run.usage());
    }

    private static OfSession sum(OfSession a, OfSession b) {
        TokenUsage usage = a.usage().plus(b.usage());
        return new OfSession(a.session(), a.title(), a.runs() + b.runs(), usage);
    }
}
