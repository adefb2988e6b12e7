package dev.dwata.agent.redaction;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.ChildInput;
import dev.dwata.types.AgentEvent.ContextCompacted;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.Queued;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolProgressed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AgentEvent.Truncated;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.AgentEvent.Unknown;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes secrets out of an event, field by field.
record RedactedEvent(Redaction redaction) {

    AgentEvent of(AgentEvent event) {
        return switch (event) {
            case Token e -> new Token(text(e.content()), e.turn());
            case Reasoning e -> new Reasoning(text(e.content()), e.turn());
            case TurnCompleted e -> turn(e);
            case ContextCompacted e -> compacted(e);
            case ToolCalled e ->
                new ToolCalled(
                        e.toolCallId(), text(e.toolName()), redaction.json(e.arguments()), e.approval(), e.decision());
            case InputRequested e -> requested(e);
            case InputResolved e -> resolved(e);
            case ChildInput e -> e; // it is so in the log of the child
            case ToolStarted e -> new ToolStarted(e.toolCallId(), redaction.json(e.arguments()));
            case ToolProgressed e -> new ToolProgressed(e.toolCallId(), e.progress(), nullable(e.message()));
            case ToolReturned e -> returned(e);
            case ErrorReported e -> new ErrorReported(redaction.error(e.error()));
            case RunFailed e -> new RunFailed(redaction.error(e.error()));
            case RunCompleted e -> completed(e);
            case RunCancelled e -> new RunCancelled(text(e.message()), text(e.reason()), e.unstopped());
            case RunInterrupted e -> new RunInterrupted(text(e.reason()));
            case AttemptReset e -> new AttemptReset(e.turn(), text(e.reason()));
            case Unknown e -> new Unknown(e.name(), redaction.json(e.payload()));
            case MessageReceived e -> e;
            case Queued e -> e;
            case RunResumed e -> e;
            case StatusChanged e -> e;
            case Truncated e -> e;
        };
    }

    private String text(String text) {
        return redaction.text(text);
    }

    private @Nullable String nullable(@Nullable String text) {
        return text == null ? null : text(text);
    }

    private ContextCompacted compacted(ContextCompacted e) {
        return new ContextCompacted(
                e.summaryId(),
                text(e.summary()),
                e.firstKept(),
                e.tokensBefore(),
                e.tokensAfter(),
                texts(e.filesRead()),
                texts(e.filesChanged()),
                texts(e.openTasks()),
                e.usage(),
                e.model());
    }

    private InputRequested requested(InputRequested e) {
        return new InputRequested(
                e.requestId(),
                e.kind(),
                e.toolCallId(),
                text(e.toolName()),
                redaction.json(e.arguments()),
                nullable(e.reason()),
                e.digest(),
                e.bound(),
                json(e.always()),
                e.questions(),
                json(e.form()),
                e.timeoutMs(),
                e.expiresAt(),
                e.target());
    }

    private InputResolved resolved(InputResolved e) {
        return new InputResolved(
                e.requestId(),
                e.decision(),
                e.by(),
                json(e.arguments()),
                json(e.answer()),
                nullable(e.reason()),
                json(e.rule()));
    }

    private @Nullable JsonNode json(@Nullable JsonNode node) {
        return node == null ? null : redaction.json(node);
    }

    private List<String> texts(List<String> texts) {
        return texts.stream().map(this::text).toList();
    }

    private ToolReturned returned(ToolReturned e) {
        return new ToolReturned(
                e.toolCallId(),
                text(e.toolName()),
                e.success(),
                redaction.json(e.result()),
                nullable(e.error()),
                e.executionTimeMs());
    }

    private RunCompleted completed(RunCompleted e) {
        return new RunCompleted(
                e.messageId(), text(e.content()), e.totalTokens(), e.usage(), e.stopReason(), e.turns());
    }

    private TurnCompleted turn(TurnCompleted e) {
        List<Part> parts = new ArrayList<>(e.parts().size());
        e.parts().forEach(part -> parts.add(part(part)));
        return new TurnCompleted(e.turn(), e.messageId(), parts, e.usage(), e.stopReason(), e.model());
    }

    private Part part(Part part) {
        return switch (part) {
            case Part.Text p -> new Part.Text(text(p.text()));
            case Part.Reasoning p -> reasoning(p);
            case Part.Image p -> new Part.Image(redaction.knownIn(p.uri()), p.mediaType());
            case Part.File p -> new Part.File(redaction.knownIn(p.uri()), p.mediaType(), text(p.name()));
            case Part.ToolCall p -> new Part.ToolCall(p.id(), text(p.name()), redaction.json(p.arguments()));
            case Part.ToolResult p ->
                new Part.ToolResult(p.toolCallId(), p.name(), p.success(), redaction.json(p.result()));
            case Part.Unknown p -> new Part.Unknown(redaction.json(p.raw()));
        };
    }

    /// A signature holds for the very text that was signed.
    private Part reasoning(Part.Reasoning part) {
        String text = text(part.text());
        return new Part.Reasoning(text, text.equals(part.text()) ? part.signature() : null);
    }
}
