package dev.dwata.agent.presence;

import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentIdentity;
import dev.dwata.types.AgentState;
import dev.dwata.types.AgentType;
import dev.dwata.types.Envelope;
import dev.dwata.types.Participant;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import java.util.Comparator;
import java.util.List;

/// The agent of a session, as its log tells of it.
public final class SessionAgent {
    private static final int PAGE = 1_000;

    /// Runs that wait for their turn are few.
    private static final int RUNS = 200;

    private SessionAgent() {}

    /// The agent, as it is now.
    public static Participant.Agent of(Store store, SessionInfo session, AgentType type) {
        AgentState state = session.status() == SessionStatus.ARCHIVED
                ? AgentState.TERMINATED
                : activity(store, session.id()).state();
        return new Participant.Agent(AgentIdentity.of(session.id(), session.agentName(), type), state);
    }

    /// What it is doing, without what is told live only.
    public static AgentActivity activity(Store store, SessionId session) {
        long head = store.log().headSeq(session);
        List<Envelope> last = head == 0 ? List.of() : store.log().read(session, head - 1, 1);
        if (last.isEmpty()) {
            return AgentActivity.NONE;
        }
        if (last.getFirst().event() instanceof AgentEvent.Terminal && !isBusy(store, session)) {
            return AgentActivity.NONE.after(last.getFirst());
        }
        return ofRuns(store, session, head);
    }

    private static boolean isBusy(Store store, SessionId session) {
        return store.runs().list(session, RUNS).stream()
                .anyMatch(run -> !run.status().isFinal());
    }

    /// From the message of the oldest run that is not over.
    private static AgentActivity ofRuns(Store store, SessionId session, long head) {
        long after = store.runs().list(session, RUNS).stream()
                .filter(run -> !run.status().isFinal())
                .min(Comparator.comparingLong(RunInfo::admittedSeq))
                .map(run -> run.admittedSeq() - 1)
                .orElse(head - 1);
        AgentActivity activity = AgentActivity.NONE;
        while (after < head) {
            List<Envelope> page = store.log().read(session, after, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (Envelope entry : page) {
                activity = activity.after(entry);
            }
            after = page.getLast().seq();
        }
        return activity;
    }
}
