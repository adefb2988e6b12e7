package dev.dwata.persistence;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Approval;
import dev.dwata.types.ClientType;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A session of a [FirstShape]: a row, as it was.
record FirstShapeSession(
        long id,
        String agentName,
        String model,
        @Nullable String systemPrompt,
        String userPrompt,
        @Nullable String config,
        String status,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String result,
        @Nullable String error) {

    /// A message's row.
    record Said(long id, String role, String content, Instant time) {
        Role speaker() {
            return Role.valueOf(role.toUpperCase(Locale.ROOT));
        }
    }

    /// A tool call's row.
    ///
    /// @param message 0 where it had none
    record Call(
            long id,
            long message,
            String toolCallId,
            String toolName,
            String request,
            @Nullable String response,
            String status,
            Instant time,
            @Nullable Instant completedAt,
            long executionTimeMs,
            @Nullable String error) {

        JsonNode arguments() {
            return jsonOrText(request);
        }

        ToolReturned returned(String id) {
            boolean success = status.equals("completed");
            JsonNode answer = response == null ? Json.MAPPER.createObjectNode() : jsonOrText(response);
            ObjectNode told = Json.MAPPER.createObjectNode().put("success", success);
            if (answer instanceof ObjectNode object) {
                told.setAll(object);
            } else {
                told.set("result", answer);
            }
            told.put("success", success);
            if (error != null) {
                told.put("error", error);
            }
            return new ToolReturned(id, toolName, success, told, error, executionTimeMs);
        }
    }

    /// Makes a session with one run of it.
    ///
    /// @param messages by time
    /// @param calls    by time
    void takeIn(Transaction transaction, List<Said> messages, List<Call> calls) {
        new Replay(transaction, messages, calls).run();
    }

    private static JsonNode jsonOrText(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return Json.MAPPER.getNodeFactory().stringNode(text);
        }
    }

    /// `null` was stored as the text "null", and what is no JSON was read as absent.
    private @Nullable JsonNode settings() {
        if (config == null) {
            return null;
        }
        try {
            JsonNode json = Json.MAPPER.readTree(config);
            return json.isNull() || json.isMissingNode() ? null : json;
        } catch (JacksonException e) {
            return null;
        }
    }

    /// Appends what happened, in the order in which it did.
    private final class Replay {
        private final Transaction transaction;
        private final List<Said> messages;
        private final List<Call> calls;
        private final OpenSession session;
        private final Set<String> usedCallIds = new HashSet<>();
        private @Nullable OpenRun run;
        private Instant time = startedAt;
        private int turns;
        private String lastAnswer = "";
        private MessageId lastAnswerId = MessageId.create();

        Replay(Transaction transaction, List<Said> messages, List<Call> calls) {
            this.transaction = transaction;
            this.messages = messages;
            this.calls = new ArrayList<>(calls);
            NewSession wanted = new NewSession(null, agentName, model, null, null, null, settings());
            this.session = transaction.create(SessionId.create(), Principal.LOCAL, CleanText.of(wanted), startedAt);
        }

        void run() {
            boolean hasSystem = messages.stream().anyMatch(said -> said.speaker() == Role.SYSTEM);
            if (systemPrompt != null && !hasSystem) {
                append(received(Role.SYSTEM, systemPrompt));
            }
            run = admitted();
            boolean hasPrompt = messages.stream()
                    .anyMatch(said ->
                            said.speaker() == Role.USER && said.content().equals(userPrompt));
            if (!hasPrompt) {
                append(received(Role.USER, userPrompt));
            }
            for (Said said : messages) {
                callBefore(said);
                time = said.time();
                append(said.speaker() == Role.ASSISTANT ? answered(said) : received(said.speaker(), said.content()));
            }
            List.copyOf(calls).forEach(this::call);
            end();
        }

        private OpenRun admitted() {
            RunInfo info = new RunInfo(
                    RunId.create(),
                    session.id,
                    Principal.LOCAL,
                    RunStatus.RUNNING,
                    session.head + 1,
                    CleanText.of(userPrompt),
                    CleanText.of(agentName),
                    CleanText.of(model),
                    startedAt,
                    startedAt,
                    null,
                    null,
                    TokenUsage.ZERO,
                    0);
            RunRows.insert(transaction.handle, info, session, "");
            return transaction.run(session, info.id());
        }

        private void callBefore(Said said) {
            List.copyOf(calls).stream()
                    .filter(call -> call.time().isBefore(said.time()))
                    .forEach(this::call);
        }

        private void call(Call call) {
            calls.remove(call);
            time = call.time();
            String id = usedCallIds.add(call.toolCallId()) ? call.toolCallId() : call.toolCallId() + "~" + call.id();
            boolean asked = call.message() != 0 && id.equals(call.toolCallId());
            if (!asked) {
                append(turn(List.of(new Part.ToolCall(id, call.toolName(), call.arguments()))));
            }
            append(new ToolCalled(id, call.toolName(), call.arguments(), Approval.AUTO));
            if (call.completedAt() != null) {
                time = call.completedAt();
                append(call.returned(id));
            }
        }

        private TurnCompleted answered(Said said) {
            List<Part> parts = new ArrayList<>();
            if (!said.content().isEmpty()) {
                parts.add(new Part.Text(said.content()));
            }
            calls.stream()
                    .filter(call -> call.message() == said.id())
                    .map(call -> new Part.ToolCall(call.toolCallId(), call.toolName(), call.arguments()))
                    .forEach(parts::add);
            lastAnswer = said.content();
            return turn(parts);
        }

        private TurnCompleted turn(List<Part> parts) {
            turns++;
            lastAnswerId = MessageId.create();
            boolean calling = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
            StopReason reason = calling ? StopReason.TOOL_USE : StopReason.END_TURN;
            return new TurnCompleted(turns, lastAnswerId, parts, TokenUsage.ZERO, reason, model);
        }

        private MessageReceived received(Role role, String content) {
            return new MessageReceived(MessageId.create(), role, content, time, ClientType.RUNTIME, null, null);
        }

        private void end() {
            time = endedAt == null ? time : endedAt;
            if (status.equals("completed")) {
                String content = result == null ? lastAnswer : result;
                if (!content.equals(lastAnswer)) {
                    append(turn(List.of(new Part.Text(content))));
                }
                append(new RunCompleted(lastAnswerId, content, 0, TokenUsage.ZERO, StopReason.END_TURN, turns));
            } else if (status.equals("failed")) {
                append(new RunFailed(new AgentError.Internal(error == null ? "the run failed" : error)));
            } else {
                append(new RunFailed(new AgentError.Interrupted("the process ended before the run did")));
            }
        }

        private void append(AgentEvent event) {
            AgentEvent clean = CleanText.of(event);
            transaction.append(session, run, clean, EventCodec.payload(clean), time);
        }
    }
}
