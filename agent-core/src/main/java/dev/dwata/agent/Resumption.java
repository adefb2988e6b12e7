package dev.dwata.agent;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.CallDecision;
import dev.dwata.types.Envelope;
import dev.dwata.types.Part;
import dev.dwata.types.RunInfo;
import dev.dwata.types.TokenUsage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where a run stands, read from what the log has of it.
final class Resumption {
    private static final int PAGE = 1_000;

    private final Map<String, Boolean> announced = new HashMap<>();
    private final Set<String> returned = new HashSet<>();
    private final Map<String, JsonNode> started = new HashMap<>();
    private final AskedBefore inputs = new AskedBefore();
    private final Deque<Part.ToolCall> latestCalls = new ArrayDeque<>();
    private AgentEvent.@Nullable TurnCompleted lastTurn;
    private TokenUsage used = TokenUsage.ZERO;
    private boolean begun;
    private boolean marked;
    private boolean unfinishedText;
    private int resumed;
    private int crashes;

    private Resumption() {}

    static Resumption of(SessionLog log, RunInfo run) {
        Resumption resumption = new Resumption();
        long after = run.admittedSeq();
        List<Envelope> page;
        do {
            page = log.read(run.sessionId(), after, PAGE);
            for (Envelope entry : page) {
                if (run.id().equals(entry.runId())) {
                    resumption.take(entry.event());
                }
                after = entry.seq();
            }
        } while (!page.isEmpty());
        return resumption;
    }

    private void take(AgentEvent event) {
        begun = true;
        switch (event) {
            case AgentEvent.TurnCompleted turn -> {
                lastTurn = turn;
                used = used.plus(turn.usage());
                unfinishedText = false;
                announced.clear();
                returned.clear();
                started.clear();
                inputs.clear();
            }
            case AgentEvent.ToolCalled called -> take(called);
            case AgentEvent.ToolReturned result -> returned.add(result.toolCallId());
            case AgentEvent.Token token -> unfinishedText = true;
            case AgentEvent.Reasoning thought -> unfinishedText = true;
            case AgentEvent.AttemptReset reset -> unfinishedText = false;
            case AgentEvent.RunInterrupted stop -> {
                marked = true;
                crashes += stop.reason().equals(Recovery.PROCESS_ENDED) ? 1 : 0;
            }
            case AgentEvent.RunResumed again -> {
                marked = false;
                resumed++;
            }
            case AgentEvent.InputRequested asked -> inputs.asked(asked);
            case AgentEvent.InputResolved resolved -> inputs.resolved(resolved);
            case AgentEvent.ToolStarted call -> started.put(call.toolCallId(), call.arguments());
            case AgentEvent.MessageReceived e -> {}
            case AgentEvent.ContextCompacted compacted -> used = used.plus(compacted.usage());
            case AgentEvent.ErrorReported e -> {}
            case AgentEvent.Terminal e -> {}
            case AgentEvent.Live e -> {}
            case AgentEvent.Unknown e -> {}
        }
    }

    private void take(AgentEvent.ToolCalled called) {
        CallDecision decision = called.decision();
        announced.put(called.toolCallId(), decision != null && decision.verdict() != CallDecision.Verdict.ALLOW);
        latestCalls.addLast(new Part.ToolCall(called.toolCallId(), called.toolName(), called.arguments()));
        if (latestCalls.size() > Limits.LATEST_CALLS) {
            latestCalls.removeFirst();
        }
    }

    /// The last [Limits#LATEST_CALLS] calls that were announced, oldest first.
    List<Part.ToolCall> latestCalls() {
        return List.copyOf(latestCalls);
    }

    /// Whether it has been begun before.
    boolean isNeeded() {
        return begun;
    }

    /// Whether the log says already that it was cut off.
    boolean isMarked() {
        return marked;
    }

    /// The number of the attempt that is to come; the first was 1.
    int attempt() {
        return resumed + 2;
    }

    /// How often its process has ended under it, other than in order.
    int crashes() {
        return crashes;
    }

    AgentLoop.Progress progress() {
        return new AgentLoop.Progress(lastTurn == null ? 0 : lastTurn.turn(), used);
    }

    /// Whether the turn to come has shown text that counts no more.
    boolean hasUnfinishedText() {
        return unfinishedText;
    }

    AgentEvent.@Nullable TurnCompleted lastTurn() {
        return lastTurn;
    }

    /// The calls of the last turn, answered or not.
    List<Part.ToolCall> calls() {
        return lastTurn == null ? List.of() : lastTurn.message().toolCalls();
    }

    /// Whether a call of the last turn has its result.
    boolean isReturned(Part.ToolCall call) {
        return returned.contains(call.id());
    }

    /// Whether the log tells of a call of the last turn.
    boolean isAnnounced(Part.ToolCall call) {
        return announced.containsKey(call.id());
    }

    /// Whether a call of the last turn has surely done nothing yet: nobody has agreed to it, or all that it
    /// does is to wait for a client. What asks in its middle may have done something before.
    boolean isHeldBack(Part.ToolCall call) {
        return inputs.isForAClient(call.id())
                || (Boolean.TRUE.equals(announced.get(call.id())) && !started.containsKey(call.id()));
    }

    /// What a call of the last turn, which somebody had agreed to, has begun with; absent for any other.
    @Nullable
    JsonNode startedWith(Part.ToolCall call) {
        return started.get(call.id());
    }

    /// What the calls of the last turn have asked for.
    AskedBefore inputs() {
        return inputs;
    }
}
