package dev.dwata.agent.testing;

import dev.dwata.agent.store.Processes;
import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.SessionId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryProcesses implements Processes {
    private static final int MOST = 1_000;

    private final StoredState state;

    InMemoryProcesses(StoredState state) {
        this.state = state;
    }

    @Override
    public List<ProcessInfo> list(Principal owner, @Nullable SessionId session) {
        return state.locked(() -> all(owner)
                .filter(process -> session == null || process.sessionId().equals(session))
                .sorted(Comparator.comparing(ProcessInfo::startedAt))
                .limit(MOST)
                .toList());
    }

    @Override
    public Optional<ProcessInfo> find(Principal owner, ProcessId id) {
        return state.locked(
                () -> all(owner).filter(process -> process.id().equals(id)).findFirst());
    }

    private Stream<ProcessInfo> all(Principal owner) {
        return state.sessions.values().stream()
                .filter(session -> session.owner.equals(owner))
                .flatMap(session -> session.calls.processes(session.id).stream());
    }
}
