package dev.dwata.cli.ask;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Session;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run that was cut off and has not gone on since, as the log of its session tells.
///
/// @param seq the number of the entry that says so
public record CutOffRun(RunId id, long seq) {

    /// @param named absent: the latest of the session
    /// @throws AgentException with `NotFound`
    public static CutOffRun find(Session session, @Nullable RunId named) throws InterruptedException {
        Map<RunId, Long> cutOff = new LinkedHashMap<>();
        try (EventStream events = session.events(0)) {
            for (long seq = 0; seq < events.headSeq(); ) {
                Envelope entry = events.next(null);
                if (entry != null && entry.runId() != null) {
                    seq = Math.max(seq, entry.seq());
                    take(entry.runId(), entry, cutOff);
                }
            }
        }
        RunId wanted = named == null ? latest(cutOff) : named;
        Long seq = wanted == null ? null : cutOff.get(wanted);
        if (wanted == null || seq == null) {
            throw new AgentException(
                    new AgentError.NotFound((wanted == null ? "no run" : "run " + wanted + " is not one that")
                            + " of session " + session.id() + " waits to be resumed"));
        }
        return new CutOffRun(wanted, seq);
    }

    private static void take(RunId run, Envelope entry, Map<RunId, Long> cutOff) {
        if (entry.event() instanceof AgentEvent.RunInterrupted) {
            cutOff.put(run, entry.seq());
        } else if (entry.event() instanceof AgentEvent.RunResumed || entry.event() instanceof AgentEvent.Terminal) {
            cutOff.remove(run);
        }
    }

    private static @Nullable RunId latest(Map<RunId, Long> cutOff) {
        RunId latest = null;
        for (RunId run : cutOff.keySet()) {
            latest = run;
        }
        return latest;
    }
}
