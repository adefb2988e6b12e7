package dev.dwata.agent;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.process.RunningTools;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tool calls that are under way, as the store has them, with what those of this process tell of
/// themselves.
final class LocalProcesses implements RunningTools {
    private static final int MOST_RUNS = 200;
    private static final int MEASURED = 20;
    private static final int OTHER_SESSIONS = 10;
    private static final int MOST_MESSAGE = 1_000;

    private final Store store;
    private final RunningCalls calls;
    private final Redaction redaction;
    private final InstantSource clock;

    /// @param calls those that this process carries out
    /// @param clock what the time that runs have taken is read from
    LocalProcesses(Store store, RunningCalls calls, Redaction redaction, InstantSource clock) {
        this.store = store;
        this.calls = calls;
        this.redaction = redaction;
        this.clock = clock;
    }

    @Override
    public List<RunningTool> list(Principal owner, @Nullable SessionId session) {
        if (session != null) {
            checkSession(owner, session);
        }
        return store.processes().list(owner, session).stream()
                .map(this::running)
                .toList();
    }

    @Override
    public RunningTool find(Principal owner, ProcessId id) {
        return running(process(owner, id));
    }

    private ProcessInfo process(Principal owner, ProcessId id) {
        return store.processes()
                .find(owner, id)
                .orElseThrow(() ->
                        new AgentException(new AgentError.NotFound("there is no process " + id + ", or it is over")));
    }

    private RunningTool running(ProcessInfo process) {
        RunningCall call = calls.find(process.runId(), process.toolCallId());
        return call == null
                ? new RunningTool(process, null, null)
                : new RunningTool(process, call.progress(), shown(call.message()));
    }

    private @Nullable String shown(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String clean = redaction.text(message);
        return clean.codePointCount(0, clean.length()) <= MOST_MESSAGE
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, MOST_MESSAGE)) + "…";
    }

    @Override
    public void stop(Principal owner, ProcessId id, String reason) {
        ProcessInfo process = process(owner, id);
        RunningCall call = calls.find(process.runId(), process.toolCallId());
        if (call == null || !call.stop(reason)) {
            throw new AgentException(new AgentError.Conflict("process " + id + " is not carried out by this process of"
                    + " dwata: it has not begun, is just ending, or belongs to another"));
        }
    }

    @Override
    public Wait waitTime(Principal owner, SessionId session) {
        checkSession(owner, session);
        Instant now = clock.instant();
        List<RunInfo> runs = store.runs().list(session, MOST_RUNS);
        List<RunInfo> ahead =
                runs.stream().filter(run -> !run.status().isFinal()).toList();
        RunInfo active = ahead.stream()
                .filter(run -> run.status() == RunStatus.RUNNING || run.status() == RunStatus.WAITING_INPUT)
                .findFirst()
                .orElse(null);
        List<Long> measured = measured(runs);
        if (measured.isEmpty()) {
            measured = measuredElsewhere(owner);
        }
        Long mean = measured.isEmpty()
                ? null
                : Long.valueOf(Math.round(
                        measured.stream().mapToLong(Long::longValue).average().orElse(0)));
        Long activeMs = active == null ? null : Long.valueOf(millis(active.startedAt(), now));
        int queued = ahead.size() - (active == null ? 0 : 1);
        return new Wait(
                active == null ? null : active.id(),
                activeMs,
                queued,
                estimate(activeMs, queued, mean),
                measured.size(),
                mean);
    }

    /// What is left of the active run, if it takes as long as others, and those that wait.
    private static @Nullable Long estimate(@Nullable Long activeMs, int queued, @Nullable Long mean) {
        if (activeMs == null && queued == 0) {
            return 0L;
        }
        if (mean == null) {
            return null;
        }
        return queued * mean + (activeMs == null ? 0 : Math.max(0, mean - activeMs));
    }

    private List<Long> measuredElsewhere(Principal owner) {
        return store.sessions().list(owner, SessionQuery.latest(OTHER_SESSIONS)).sessions().stream()
                .flatMap(session -> measured(store.runs().list(session.id(), MEASURED)).stream())
                .limit(MEASURED)
                .toList();
    }

    private static List<Long> measured(List<RunInfo> runs) {
        return runs.stream()
                .filter(run -> run.status() == RunStatus.COMPLETED && run.startedAt() != null && run.endedAt() != null)
                .limit(MEASURED)
                .map(run -> millis(run.startedAt(), run.endedAt()))
                .toList();
    }

    private static long millis(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null
                ? 0
                : Math.max(0, Duration.between(from, to).toMillis());
    }

    private void checkSession(Principal owner, SessionId id) {
        if (store.sessions().find(owner, id).isEmpty()) {
            throw Refusal.noSession(id);
        }
    }
}
