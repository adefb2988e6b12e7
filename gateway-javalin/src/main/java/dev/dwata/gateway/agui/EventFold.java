package dev.dwata.gateway.agui;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputDecision;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Makes AG-UI's events of the entries of one run of ours, for one run of a client. Nothing counts but the log,
/// so whoever reads it again gets the same events with the same positions. Everything is closed before the end
/// is told, and nothing comes after it.
final class EventFold {
    private final Segment segment;
    private final Principal owner;
    private final Waiting waiting;
    private final SpokenTurn turn;
    private final Map<String, TokenUsage> used = new LinkedHashMap<>();
    private final Set<String> answeredByTheClient = new HashSet<>();
    private final List<ObjectNode> out = new ArrayList<>();
    private boolean over;

    EventFold(Segment segment, Principal owner) {
        this.segment = segment;
        this.owner = owner;
        this.waiting = new Waiting(segment.answered());
        this.turn = new SpokenTurn(segment.run(), out);
    }

    Segment segment() {
        return segment;
    }

    Principal owner() {
        return owner;
    }

    /// Whether the client's run has ended.
    boolean isOver() {
        return over;
    }

    /// @param entry the next of the session's log, from the message of the run on
    /// @return what the client is told of it, in order
    List<ObjectNode> of(Envelope entry) {
        if (over || entry.seq() == 0 || !segment.run().equals(entry.runId())) {
            return List.of();
        }
        boolean waits = follow(entry.event());
        if (entry.seq() < segment.start()) {
            return List.of();
        }
        if (entry.seq() == segment.start()) {
            return List.of(ChatEvents.started(segment));
        }
        tell(entry);
        if (waits) {
            finish(ChatEvents.interrupted(segment, used, waiting.asked()));
        }
        List<ObjectNode> told = List.copyOf(out);
        out.clear();
        return told;
    }

    private boolean follow(AgentEvent event) {
        if (event instanceof InputResolved resolved
                && resolved.decision() == InputDecision.ANSWERED
                && RunName.in(resolved, owner) != null) {
            waiting.asked().stream()
                    .filter(request -> request.requestId().equals(resolved.requestId()))
                    .filter(request -> switch (request.kind()) {
                        case CLIENT_TOOL -> true;
                        case APPROVAL, QUESTION -> false;
                    })
                    .forEach(request -> answeredByTheClient.add(request.toolCallId()));
        }
        return waiting.after(event);
    }

    private void tell(Envelope entry) {
        switch (entry.event()) {
            case Token said -> turn.says(said.turn(), said.content());
            case Reasoning thought -> turn.thinks(thought.turn(), thought.content());
            case AttemptReset reset -> turn.beginAgain(reset.turn());
            case TurnCompleted completed -> complete(completed);
            case AgentEvent.ContextCompacted compacted -> use(compacted.model(), compacted.usage());
            case ToolReturned returned -> result(entry, returned);
            case AgentEvent.RunCompleted end -> finish(ChatEvents.succeeded(segment, used, end));
            case AgentEvent.RunCancelled end -> finish(ChatEvents.cancelled(segment, used));
            case AgentEvent.RunFailed end -> finish(ChatEvents.failed(segment, end));
            case AgentEvent.MessageReceived other -> {}
            case AgentEvent.ToolCalled other -> {}
            case AgentEvent.InputRequested other -> {}
            case InputResolved other -> {}
            case AgentEvent.ToolStarted other -> {}
            case AgentEvent.ErrorReported other -> {}
            case AgentEvent.RunInterrupted other -> {}
            case AgentEvent.RunResumed other -> {}
            case AgentEvent.Live other -> {}
            case AgentEvent.Unknown other -> {}
        }
    }

    private void complete(TurnCompleted completed) {
        String parent = turn.complete(completed);
        for (Part.ToolCall call : completed.message().toolCalls()) {
            out.addAll(ChatEvents.call(call, parent));
        }
        use(completed.model(), completed.usage());
    }

    private void use(String model, TokenUsage usage) {
        used.merge(model, usage, TokenUsage::plus);
    }

    /// A client has what it has made of a call of its own.
    private void result(Envelope entry, ToolReturned returned) {
        if (!answeredByTheClient.contains(returned.toolCallId())) {
            out.add(ChatEvents.result(returned, segment.run().value() + "-" + entry.seq()));
        }
    }

    private void finish(ObjectNode end) {
        turn.close();
        out.add(end);
        over = true;
    }
}
