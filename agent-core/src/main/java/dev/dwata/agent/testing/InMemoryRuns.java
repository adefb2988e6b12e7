package dev.dwata.agent.testing;

import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Runs;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

final class InMemoryRuns implements Runs {
    private final StoredState state;

    InMemoryRuns(StoredState state) {
        this.state = state;
    }

    @Override
    public Optional<RunInfo> find(RunId id) {
        return state.locked(() -> Optional.ofNullable(state.runs.get(id)).map(run -> run.info));
    }

    @Override
    public Optional<JsonNode> outputSchema(RunId id) {
        return state.locked(() -> Optional.ofNullable(state.runs.get(id)).map(run -> run.outputSchema));
    }

    @Override
    public Optional<Claim> start(RunId id) {
        return state.locked(() -> {
            RunState run = open(id);
            for (RunState other : state.session(run.info.sessionId()).runs) {
                boolean before = other.info.admittedSeq() < run.info.admittedSeq();
                if (other != run && (other.isUnderWay() || (before && other.isAhead()))) {
                    return Optional.empty();
                }
            }
            run.started(state.now(), state.decisions.isAwaited(id));
            return Optional.of(run.claimed());
        });
    }

    private RunState open(RunId id) {
        RunState run = state.runs.get(id);
        if (run == null) {
            throw Refusal.noRun(id);
        }
        if (run.info.status().isFinal()) {
            throw Refusal.runIsOver(id);
        }
        return run;
    }

    @Override
    public void park(RunId id) {
        state.locked(() -> open(id).parked = true);
    }

    @Override
    public Optional<RunInfo> unpark(RunId id) {
        return state.locked(() -> {
            RunState run = open(id);
            if (!run.parked) {
                return Optional.empty();
            }
            run.parked = false;
            return Optional.of(run.info);
        });
    }

    @Override
    public List<RunInfo> list(SessionId session, int limit) {
        return state.locked(() -> {
            SessionState found = state.sessions.get(session);
            if (found == null) {
                return List.of();
            }
            List<RunInfo> newestFirst = new ArrayList<>();
            for (int i = found.runs.size() - 1; i >= 0 && newestFirst.size() < limit; i--) {
                newestFirst.add(found.runs.get(i).info);
            }
            return List.copyOf(newestFirst);
        });
    }

    /// Nothing outlives the process but what a store that was [InMemoryStore#crashedAfter] has been left.
    @Override
    public List<RunInfo> adopt(@Nullable SessionId session) {
        return state.locked(() -> {
            List<RunInfo> left = state.abandoned.stream()
                    .map(id -> Objects.requireNonNull(state.runs.get(id)).info)
                    .filter(run -> session == null || session.equals(run.sessionId()))
                    .toList();
            left.forEach(run -> {
                state.abandoned.remove(run.id());
                state.ledger.forfeit(run.id());
            });
            return left;
        });
    }
}
