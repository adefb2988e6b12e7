package dev.dwata.agent.presence;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentState;
import dev.dwata.types.AgentStatus;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.RunProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a session's agent is doing, followed through the events of its session: begin with [#NONE] and have
/// each event in turn, or with [SessionAgent#activity]. Events that are seen twice, in their order, do no harm.
public final class AgentActivity {
    /// Nothing has happened yet.
    public static final AgentActivity NONE = new AgentActivity(AgentState.READY, null, Map.of());

    private static final String THINKING = "Thinking";
    private static final String ANSWERING = "Answering";

    private final AgentState state;
    private final @Nullable RunId run;

    /// The tool calls that are under way, by their ids: the names of their tools, in the order of the calls.
    private final Map<String, String> calls;

    private AgentActivity(AgentState state, @Nullable RunId run, Map<String, String> calls) {
        this.state = state;
        this.run = run;
        this.calls = calls;
    }

    public AgentState state() {
        return state;
    }

    /// What it is doing after an event of its session.
    public AgentActivity after(Envelope envelope) {
        RunId of = envelope.runId();
        if (of == null) {
            return this;
        }
        if (run != null && !run.equals(of)) {
            return this; // one that waits for its turn
        }
        return switch (envelope.event()) {
            case AgentEvent.MessageReceived e -> at(of, THINKING);
            case AgentEvent.Reasoning e -> at(of, THINKING);
            case AgentEvent.Token e -> at(of, ANSWERING);
            case AgentEvent.StatusChanged e -> progressed(of, e.status());
            case AgentEvent.ToolCalled e -> called(of, e);
            case AgentEvent.ToolStarted e -> at(of, calls.getOrDefault(e.toolCallId(), THINKING));
            case AgentEvent.ToolProgressed e -> gettingOn(e);
            case AgentEvent.InputRequested e -> at(of, waitingFor(e));
            case AgentEvent.InputResolved e -> at(of, lastCall());
            case AgentEvent.ChildInput e -> at(of, e.request() == null ? lastCall() : waitingFor(e.request()));
            case AgentEvent.ToolReturned e -> returned(of, e.toolCallId());
            case AgentEvent.RunCompleted e -> NONE;
            case AgentEvent.RunCancelled e -> NONE;
            case AgentEvent.RunFailed e -> failed(e.error());
            case AgentEvent.RunInterrupted e -> cutOff();
            case AgentEvent.RunResumed e -> at(of, lastCall());
            case AgentEvent.Queued e -> this;
            case AgentEvent.TurnCompleted e -> this;
            case AgentEvent.ContextCompacted e -> this;
            case AgentEvent.ErrorReported e -> this;
            case AgentEvent.AttemptReset e -> this;
            case AgentEvent.Truncated e -> this;
            case AgentEvent.Unknown e -> this;
        };
    }

    private AgentActivity at(RunId of, String task) {
        boolean same = state.status() == AgentStatus.BUSY && task.equals(state.currentTask()) && of.equals(run);
        return same ? this : new AgentActivity(AgentState.busy(task), of, calls);
    }

    private AgentActivity progressed(RunId of, RunProgress progress) {
        return switch (progress) {
            case THINKING -> at(of, lastCall());
            case STREAMING -> at(of, ANSWERING);
            case EXECUTING_TOOL, WAITING_INPUT, DONE -> this; // the events that say more come, too
        };
    }

    private AgentActivity called(RunId of, AgentEvent.ToolCalled call) {
        Map<String, String> more = new LinkedHashMap<>(calls);
        more.put(call.toolCallId(), call.toolName());
        return new AgentActivity(AgentState.busy(call.toolName()), of, more);
    }

    private AgentActivity gettingOn(AgentEvent.ToolProgressed told) {
        String tool = calls.get(told.toolCallId());
        if (tool == null || told.progress() == null) {
            return this;
        }
        int percent = (int) Math.round(Math.clamp(told.progress(), 0, 1) * 100);
        return new AgentActivity(new AgentState(AgentStatus.BUSY, tool, percent, null), run, calls);
    }

    private AgentActivity returned(RunId of, String call) {
        Map<String, String> less = new LinkedHashMap<>(calls);
        less.remove(call);
        return new AgentActivity(state, run, less).at(of, last(less));
    }

    private static AgentActivity failed(AgentError error) {
        return new AgentActivity(new AgentState(AgentStatus.ERROR, null, null, error.message()), null, Map.of());
    }

    /// Others may come before it is carried on.
    private AgentActivity cutOff() {
        AgentState waiting = new AgentState(AgentStatus.INITIALIZING, "Waiting to go on", null, null);
        return new AgentActivity(waiting, null, calls);
    }

    private String lastCall() {
        return last(calls);
    }

    private static String last(Map<String, String> calls) {
        String last = THINKING;
        for (String tool : calls.values()) {
            last = tool;
        }
        return last;
    }

    private static String waitingFor(AgentEvent.InputRequested request) {
        return switch (request.kind()) {
            case APPROVAL -> "Waiting for approval of " + request.toolName();
            case QUESTION -> "Waiting for an answer";
            case CLIENT_TOOL -> "Waiting for a client's " + request.toolName();
        };
    }
}
