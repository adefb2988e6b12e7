package dev.dwata.agent.testing;

import dev.dwata.agent.store.Inputs;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryInputs implements Inputs {
    private static final int MOST = 1_000;

    private final StoredState state;

    InMemoryInputs(StoredState state) {
        this.state = state;
    }

    @Override
    public Optional<InputRequest> find(InputId id) {
        return state.locked(() -> Optional.ofNullable(state.decisions.requests.get(id)));
    }

    @Override
    public List<InputRequest> open(Principal owner, @Nullable SessionId session) {
        return state.locked(() -> state.decisions.requests.values().stream()
                .filter(request -> request.resolution() == null)
                .filter(request -> request.owner().equals(owner))
                .filter(request -> session == null || request.sessionId().equals(session) || isOf(session, request))
                .filter(request -> {
                    RunState run = state.runs.get(request.runId());
                    return run != null && !run.info.status().isFinal();
                })
                .limit(MOST)
                .toList());
    }

    /// Whether it is of a run that works for one of the session.
    private boolean isOf(SessionId session, InputRequest request) {
        RunState run = state.runs.get(request.runId());
        RunState root = run == null ? null : state.runs.get(run.info.rootRunId());
        return root != null && root.info.sessionId().equals(session);
    }
}
