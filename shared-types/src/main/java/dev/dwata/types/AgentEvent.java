package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that happened in a session. One record in memory, in the log and on every wire.
///
///     run  = MessageReceived turn* (RunInterrupted RunResumed turn*)* Terminal
///     turn = ContextCompacted* (Token | Reasoning | ErrorReported | AttemptReset)*
///            TurnCompleted (ToolCalled+ (Input* ToolReturned ErrorReported?)+)*
///     Input = InputRequested InputResolved ToolStarted?
///
/// Calls that run at the same time are all announced before the first of them returns. An [InputRequested]
/// is resolved exactly once; a run that is cut off while it waits goes on waiting when it is resumed.
/// [Live] events come in between; they are sent to whoever is there and never stored. Failure or
/// cancellation may cut a turn short anywhere; every [ToolCalled] still gets its one [ToolReturned], and
/// the [Terminal] comes exactly once and last. Ids of session and run, the number and the time are in the
/// [Envelope].
public sealed interface AgentEvent {

    /// Sent live, in order with the others, but not part of the log.
    sealed interface Live extends AgentEvent {}

    /// The last event of a run.
    sealed interface Terminal extends AgentEvent {}

    /// A message was given to the session, and a run admitted for it.
    ///
    /// @param clientType   what sent it
    /// @param clientId     the name that the sending client gave itself; absent where it gave none
    /// @param connectionId the connection that it came over; absent where it came over none
    /// @param attachments  images and files that follow the text, in their order; absent where there are none
    record MessageReceived(
            MessageId messageId,
            Role role,
            String content,
            Instant timestamp,
            ClientType clientType,
            @Nullable String clientId,
            @Nullable String connectionId,
            @Nullable List<Part> attachments)
            implements AgentEvent {
        public MessageReceived {
            attachments = attachments == null || attachments.isEmpty() ? null : List.copyOf(attachments);
        }

        /// One of text alone.
        public MessageReceived(
                MessageId messageId,
                Role role,
                String content,
                Instant timestamp,
                ClientType clientType,
                @Nullable String clientId,
                @Nullable String connectionId) {
            this(messageId, role, content, timestamp, clientType, clientId, connectionId, null);
        }

        public MessageReceived withAttachments(@Nullable List<Part> others) {
            return new MessageReceived(messageId, role, content, timestamp, clientType, clientId, connectionId, others);
        }

        /// As it is stored: the text, then what is attached to it.
        public Message message() {
            List<Part> parts = new ArrayList<>();
            parts.add(new Part.Text(content));
            if (attachments != null) {
                parts.addAll(attachments);
            }
            return new Message(role, parts);
        }
    }

    /// More text of the answer; append it to what this turn has said so far.
    ///
    /// @param turn 1-based within the run
    record Token(String content, int turn) implements AgentEvent {
        @JsonProperty("delta")
        public boolean delta() {
            return true;
        }
    }

    /// More of what the model thinks before it answers.
    record Reasoning(String content, int turn) implements AgentEvent {
        @JsonProperty("delta")
        public boolean delta() {
            return true;
        }
    }

    /// The model's message of this turn is complete; `parts` replace every delta seen for it.
    ///
    /// @param usage what this turn's model call used
    /// @param model the model that answered, as `provider/name`
    record TurnCompleted(
            int turn, MessageId messageId, List<Part> parts, TokenUsage usage, StopReason stopReason, String model)
            implements AgentEvent {
        public TurnCompleted {
            parts = List.copyOf(parts);
        }

        public Message message() {
            return new Message(Role.ASSISTANT, parts);
        }
    }

    /// What a model is shown of the conversation begins with a summary from now on; nothing of it is lost to
    /// people.
    ///
    /// @param summary      takes the place of everything before `firstKept`
    /// @param firstKept    the first message that a model is still shown; absent where none that was there is
    /// @param tokensBefore what the conversation took of the model's context, as far as was known
    /// @param tokensAfter  what it takes now
    /// @param filesRead    the files that were read since the session began, by their paths
    /// @param filesChanged the files that were written, moved or deleted
    /// @param openTasks    what is still to be done, a line each
    /// @param usage        what making the summary used
    /// @param model        the model that made it, as `provider/name`
    record ContextCompacted(
            MessageId summaryId,
            String summary,
            @Nullable MessageId firstKept,
            long tokensBefore,
            long tokensAfter,
            List<String> filesRead,
            List<String> filesChanged,
            List<String> openTasks,
            TokenUsage usage,
            String model)
            implements AgentEvent {
        public ContextCompacted {
            filesRead = List.copyOf(filesRead);
            filesChanged = List.copyOf(filesChanged);
            openTasks = List.copyOf(openTasks);
        }
    }

    /// A tool is about to run, unless somebody must agree to it first.
    ///
    /// @param toolCallId the provider's id, unique within the run
    /// @param arguments  a JSON object
    /// @param approval   who must agree, as the rules have it
    /// @param decision   what the rules say; absent in entries of versions before 0.4
    record ToolCalled(
            String toolCallId,
            String toolName,
            JsonNode arguments,
            Approval approval,
            @Nullable CallDecision decision) implements AgentEvent {

        /// One of which no decision is known.
        public ToolCalled(String toolCallId, String toolName, JsonNode arguments, Approval approval) {
            this(toolCallId, toolName, arguments, approval, null);
        }
    }

    /// The run waits for somebody: for agreement to a tool call, an answer, or what a client makes of a call.
    ///
    /// @param toolCallId the call that needs it
    /// @param toolName   its tool
    /// @param arguments  of the call: whole, and exactly what will happen
    /// @param reason     why it is asked, one sentence; absent where there is nothing to say
    /// @param digest     what an approval is bound to: see [CallDecision]
    /// @param bound      facts that it is bound to besides the arguments, by their names: real paths, the
    ///                   working folder, the program; absent where there are none
    /// @param always     what `always` would allow besides this call: `{tool, arguments?, argv?}`; absent where
    ///                   there is no such answer
    /// @param questions  of a question; absent otherwise
    /// @param form       JSON Schema of the object that answers a question; absent where there are `questions`
    /// @param timeoutMs  how long it is waited for in all
    /// @param target     the client that is meant; absent: any
    record InputRequested(
            InputId requestId,
            InputKind kind,
            String toolCallId,
            String toolName,
            JsonNode arguments,
            @Nullable String reason,
            @Nullable String digest,
            @Nullable Map<String, String> bound,
            @Nullable JsonNode always,
            @Nullable List<InputQuestion> questions,
            @Nullable JsonNode form,
            long timeoutMs,
            Instant expiresAt,
            @Nullable String target)
            implements AgentEvent {
        public InputRequested {
            bound = bound == null || bound.isEmpty() ? null : Map.copyOf(bound);
            questions = questions == null || questions.isEmpty() ? null : List.copyOf(questions);
        }
    }

    /// Somebody has answered an [InputRequested], or nobody will.
    ///
    /// @param by        who: `principal/client`; absent where nobody did
    /// @param arguments what the call is to be made with instead; absent unless it was edited
    /// @param answer    of a question: an object of answers by the questions' ids, without those that are
    ///                  secret, or what the form was filled in with; of a client's tool: what it returned
    /// @param reason    why not, for the model and people; absent where nobody said
    /// @param rule      the rule that `always` has made; absent otherwise
    record InputResolved(
            InputId requestId,
            InputDecision decision,
            @Nullable String by,
            @Nullable JsonNode arguments,
            @Nullable JsonNode answer,
            @Nullable String reason,
            @Nullable JsonNode rule)
            implements AgentEvent {

        public InputResolved withAnswer(JsonNode other) {
            return new InputResolved(requestId, decision, by, arguments, other, reason, rule);
        }

        /// One that nobody has answered.
        public static InputResolved unanswered(InputId request, InputDecision decision, String reason) {
            return new InputResolved(request, decision, null, null, null, reason, null);
        }
    }

    /// A tool call that somebody has agreed to begins; from here on it counts as done.
    ///
    /// @param arguments what it is called with
    record ToolStarted(String toolCallId, JsonNode arguments) implements AgentEvent {}

    /// A tool is getting on.
    ///
    /// @param progress 0 to 1; absent where it cannot be told
    record ToolProgressed(
            String toolCallId,
            @Nullable Double progress,
            @Nullable String message) implements Live {}

    /// The one result of a [ToolCalled].
    ///
    /// @param result what the model is told: an object with `success` and whatever else the tool says
    /// @param error  one sentence; absent on success
    record ToolReturned(
            String toolCallId,
            String toolName,
            boolean success,
            JsonNode result,
            @Nullable String error,
            long executionTimeMs)
            implements AgentEvent {}

    /// A run that works for this one waits for somebody, or does no longer. It is answered like any other
    /// request.
    ///
    /// @param request    what it waits for; absent when it is resolved
    /// @param resolution what became of it; absent while it is open
    record ChildInput(
            SessionId childSessionId,
            RunId childRunId,
            @Nullable InputRequested request,
            @Nullable InputResolved resolution)
            implements Live {}

    /// Something went wrong, and the run goes on.
    record ErrorReported(AgentError error) implements AgentEvent {}

    record StatusChanged(RunProgress status) implements Live {}

    /// The run waits for others of its session.
    ///
    /// @param requestId the client's id of the request that asked for it; absent where it had none
    /// @param position  1 for the run that is next
    record Queued(@Nullable String requestId, int position, String message) implements Live {}

    /// The run has its answer.
    ///
    /// @param messageId   the stored message that holds the answer
    /// @param content     its text
    /// @param totalTokens input and output of all turns together
    record RunCompleted(
            MessageId messageId, String content, long totalTokens, TokenUsage usage, StopReason stopReason, int turns)
            implements Terminal {}

    /// The run was stopped.
    ///
    /// @param message   one sentence for people
    /// @param reason    as the one who cancelled gave it
    /// @param unstopped what did not stop in time and may still be going on, a phrase each; absent where
    ///                  nothing is
    record RunCancelled(
            String message, String reason, @Nullable List<String> unstopped) implements Terminal {
        public RunCancelled {
            unstopped = unstopped == null || unstopped.isEmpty() ? null : List.copyOf(unstopped);
        }

        /// One that stopped everything.
        public RunCancelled(String message, String reason) {
            this(message, reason, null);
        }
    }

    /// The run could not finish.
    record RunFailed(AgentError error) implements Terminal {}

    /// The process that carried the run out has ended; the run has not.
    ///
    /// @param reason one sentence for people
    record RunInterrupted(String reason) implements AgentEvent {}

    /// The run goes on where its last durable step left it. What was not certain to have happened is told
    /// first: a tool that may run again returns without a second [ToolCalled], one that may not returns as
    /// failed.
    ///
    /// @param attempt 2 for the first time
    /// @param turn    the turn that it goes on with
    record RunResumed(int attempt, int turn) implements AgentEvent {}

    /// What this turn has said so far is void; it is said again.
    record AttemptReset(int turn, String reason) implements AgentEvent {}

    /// What the reader has of the log cannot be continued where it ends: there, entries were merged into one.
    /// The reader drops what it has from `fromSeq` on; that entry comes next, then everything after it.
    ///
    /// @param fromSeq  the first number that the merged entry stands for
    /// @param snapshot the conversation as it is now, for those who would rather begin with that:
    ///                 `{headSeq, messages}`, the latest messages as a history shows them
    record Truncated(long fromSeq, JsonNode snapshot) implements Live {}

    /// An event that a newer version made.
    ///
    /// @param name    its wire name
    /// @param payload as received
    record Unknown(String name, JsonNode payload) implements AgentEvent {}
}
