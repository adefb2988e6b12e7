package dev.dwata.gateway.agui;

import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputId;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds clients' runs in the log.
final class Segments {
    private static final int PAGE = 1_024;
    private static final int MOST_SESSIONS = 50;
    private static final int MOST_RUNS = 20;

    private final Store store;

    Segments(Store store) {
        this.store = store;
    }

    /// Where a part of a run begins, and what it is called by who began it.
    ///
    /// @param answered what was answered in its name
    record Found(RunInfo run, long start, Set<InputId> answered) {}

    /// The part of a run that some answers began.
    ///
    /// @return empty where none of them is in the log
    Optional<Found> after(RunInfo run, Set<InputId> answers) {
        long start = start(
                run, event -> event instanceof InputResolved resolved && answers.contains(resolved.requestId()), true);
        return start == 0 ? Optional.empty() : Optional.of(new Found(run, start, answers));
    }

    /// The part of a run that was begun last.
    Found latest(RunInfo run) {
        return new Found(run, start(run, Segments::begins, false), Set.of());
    }

    private static boolean begins(AgentEvent event) {
        return event instanceof AgentEvent.MessageReceived || event instanceof InputResolved;
    }

    /// @param first whether the first event counts that fits, or the last
    /// @return 0 where there is none
    private long start(RunInfo run, Predicate<AgentEvent> fits, boolean first) {
        Waiting waiting = new Waiting(Set.of());
        long begun = run.admittedSeq();
        long found = 0;
        long after = run.admittedSeq() - 1;
        List<Envelope> page = store.log().read(run.sessionId(), after, PAGE);
        while (!page.isEmpty()) {
            for (Envelope entry : page) {
                after = entry.seq();
                if (run.id().equals(entry.runId())) {
                    if (fits.test(entry.event())) {
                        found = begun;
                        if (first) {
                            return found;
                        }
                    }
                    if (waiting.after(entry.event())) {
                        begun = entry.seq();
                    }
                    if (entry.event() instanceof AgentEvent.Terminal) {
                        return found;
                    }
                }
            }
            page = store.log().read(run.sessionId(), after, PAGE);
        }
        return found;
    }

    /// The run that a client of AG-UI called so in a session, among the latest of it.
    Optional<Found> named(Principal owner, SessionId session, RunName name) {
        for (RunInfo run : store.runs().list(session, MOST_RUNS)) {
            long start = start(run, event -> name.equals(RunName.in(event, owner)), true);
            if (start != 0) {
                return Optional.of(new Found(run, start, answered(owner, run, name)));
            }
        }
        return Optional.empty();
    }

    /// The same among the latest sessions of a principal.
    Optional<Found> named(Principal owner, RunName name) {
        List<SessionInfo> latest =
                store.sessions().list(owner, SessionQuery.latest(MOST_SESSIONS)).sessions();
        for (SessionInfo session : latest) {
            Optional<Found> found = named(owner, session.id(), name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Set<InputId> answered(Principal owner, RunInfo run, RunName name) {
        Set<InputId> answered = new HashSet<>();
        start(
                run,
                event -> {
                    if (event instanceof InputResolved resolved && name.equals(RunName.in(event, owner))) {
                        answered.add(resolved.requestId());
                    }
                    return false;
                },
                false);
        return answered;
    }

    /// Our run of an id, which clients may name as well.
    Optional<RunInfo> run(Principal owner, String id) {
        try {
            return store.runs().find(new RunId(id)).filter(run -> run.owner().equals(owner));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
