package dev.dwata.agent.store;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.CallDecision;
import dev.dwata.types.Envelope;
import dev.dwata.types.ErrorPayload;
import dev.dwata.types.Message;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunStatus;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.ToolCallStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What follows from an entry of the log for messages, runs and tool calls; the same in every store.
public final class Projection {
    public static final String NEVER_RETURNED = "the run ended before the call had a result";

    private static final int EXCERPT_CODE_POINTS = 200;

    private Projection() {}

    /// One thing that an entry changes, of the entry's session and run.
    public sealed interface Change {}

    /// A change that only an event of a run makes.
    public sealed interface RunChange extends Change {}

    /// @param contextTokens absent where no provider has counted them
    public record MessageAdded(
            MessageId id,
            Role role,
            List<Part> parts,
            Instant createdAt,
            boolean partial,
            @Nullable Long contextTokens) implements Change {
        public MessageAdded {
            parts = List.copyOf(parts);
        }

        /// Whether people see it in a history: it counts, and it is activity of the session.
        public boolean isConversation() {
            return role == Role.USER || role == Role.ASSISTANT;
        }

        /// Empty where there is none.
        public String text() {
            return new Message(role, parts).text();
        }
    }

    /// The run has asked a model.
    ///
    /// @param model `provider/name`
    /// @param turns 1 if that was a turn, else 0
    public record ModelAsked(TokenUsage usage, String model, int turns) implements RunChange {}

    /// A model is shown the summary from now on, and of the messages only those of the run that holds
    /// `firstKept`, from that on, those of the runs admitted after it, and those of no run that came later.
    ///
    /// @param firstKept absent: what the run says from now on is the first
    public record ContextCut(Summary summary, @Nullable MessageId firstKept) implements RunChange {}

    /// The call was made by the latest message of the run's assistant.
    public record ToolStarted(
            String toolCallId,
            String toolName,
            JsonNode arguments,
            @Nullable CallDecision decision) implements RunChange {}

    /// The call, which somebody has agreed to, is under way with these arguments. Refused unless it is open.
    public record ToolBegun(String toolCallId, JsonNode arguments) implements RunChange {}

    public record ToolEnded(
            String toolCallId,
            String toolName,
            ToolCallStatus status,
            JsonNode result,
            @Nullable String error,
            long executionTimeMs)
            implements RunChange {}

    /// The run waits for somebody; the call awaits that.
    public record InputAwaited(AgentEvent.InputRequested asked) implements RunChange {}

    /// Nobody has to answer any more. Refused unless the request is of this run and open.
    public record InputSettled(AgentEvent.InputResolved resolution) implements RunChange {

        /// The rule that the answer makes: one of the run's owner, whatever it says itself.
        ///
        /// @return absent if it makes none
        /// @throws dev.dwata.types.AgentException with `InvalidRequest` if what it carries is no rule
        public @Nullable PolicyRule rule(Principal owner) {
            return AnsweredRule.of(resolution, owner);
        }
    }

    /// The run is not over, and stands differently.
    public record RunMoved(RunStatus status) implements RunChange {}

    /// The text of the run's tokens since its last complete turn is not part of an answer.
    public record TurnVoided() implements RunChange {}

    /// Calls of the run that have no result yet are `cancelled` with [#NEVER_RETURNED].
    ///
    /// @param cutShort whether text of the run's tokens since its last complete turn is to be kept as
    ///                 [#partialMessage]
    public record RunEnded(RunStatus status, @Nullable ErrorPayload error, boolean cutShort) implements RunChange {}

    /// @return what the entry changes, in this order; mostly nothing
    public static List<Change> of(Envelope entry) {
        return switch (entry.event()) {
            case AgentEvent.MessageReceived e ->
                List.of(new MessageAdded(e.messageId(), e.role(), e.message().parts(), e.timestamp(), false, null));
            case AgentEvent.TurnCompleted e ->
                List.of(
                        new MessageAdded(
                                e.messageId(), Role.ASSISTANT, e.parts(), entry.time(), false, context(e.usage())),
                        new ModelAsked(e.usage(), e.model(), 1));
            case AgentEvent.ContextCompacted e ->
                List.of(
                        new ContextCut(
                                new Summary(e.summary(), e.filesRead(), e.filesChanged(), e.openTasks(), entry.seq()),
                                e.firstKept()),
                        new ModelAsked(e.usage(), e.model(), 0));
            case AgentEvent.ToolCalled e ->
                List.of(new ToolStarted(e.toolCallId(), e.toolName(), e.arguments(), e.decision()));
            case AgentEvent.InputRequested e -> List.of(new InputAwaited(e));
            case AgentEvent.InputResolved e -> List.of(new InputSettled(e));
            case AgentEvent.ToolStarted e -> List.of(new ToolBegun(e.toolCallId(), e.arguments()));
            case AgentEvent.ToolReturned e -> List.of(ended(e), answer(e, entry.time()));
            case AgentEvent.RunCompleted e -> List.of(new RunEnded(RunStatus.COMPLETED, null, false));
            case AgentEvent.RunCancelled e -> List.of(new RunEnded(RunStatus.CANCELLED, null, true));
            case AgentEvent.RunFailed e ->
                List.of(new RunEnded(RunStatus.FAILED, ErrorPayload.of(e.error(), true), true));
            case AgentEvent.Token e -> List.of();
            case AgentEvent.Reasoning e -> List.of();
            case AgentEvent.ErrorReported e -> List.of();
            case AgentEvent.Live e -> List.of();
            case AgentEvent.RunInterrupted e -> List.of(new RunMoved(RunStatus.INTERRUPTED));
            case AgentEvent.RunResumed e -> List.of(new RunMoved(RunStatus.RUNNING));
            case AgentEvent.AttemptReset e -> List.of(new TurnVoided());
            case AgentEvent.Unknown e -> List.of();
        };
    }

    private static @Nullable Long context(TokenUsage usage) {
        return usage.total() == 0 ? null : Long.valueOf(usage.total());
    }

    /// What is kept of an answer that was never completed.
    public static MessageAdded partialMessage(String text, Instant time) {
        return new MessageAdded(MessageId.create(), Role.ASSISTANT, List.of(new Part.Text(text)), time, true, null);
    }

    /// As much of a message as a list of sessions shows.
    public static String excerpt(String text) {
        return text.codePointCount(0, text.length()) <= EXCERPT_CODE_POINTS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, EXCERPT_CODE_POINTS));
    }

    private static ToolEnded ended(AgentEvent.ToolReturned e) {
        ToolCallStatus status;
        if (isTrue(e.result().path("denied")) || isTrue(e.result().path("skipped"))) {
            status = ToolCallStatus.REJECTED;
        } else {
            status = e.success() ? ToolCallStatus.COMPLETED : ToolCallStatus.FAILED;
        }
        return new ToolEnded(e.toolCallId(), e.toolName(), status, e.result(), e.error(), e.executionTimeMs());
    }

    private static boolean isTrue(JsonNode node) {
        return node.isBoolean() && node.booleanValue();
    }

    private static MessageAdded answer(AgentEvent.ToolReturned e, Instant time) {
        Part result = new Part.ToolResult(e.toolCallId(), e.toolName(), e.success(), e.result());
        return new MessageAdded(MessageId.create(), Role.TOOL, List.of(result), time, false, null);
    }
}
