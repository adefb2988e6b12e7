package dev.dwata.gateway.agui;

import dev.dwata.gateway.agui.ChatRequest.ResumeEntry;
import dev.dwata.gateway.agui.ChatRequest.ToolResult;
import dev.dwata.gateway.http.Asked;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads what a client answers to an interrupt.
final class Payload {
    private Payload() {}

    /// @throws dev.dwata.types.AgentException with `InvalidRequest` saying what an answer must be
    static InputResponse of(InputRequested asked, ResumeEntry entry) {
        if (entry.status().equals("cancelled")) {
            return new InputResponse.Reject("the user cancelled it");
        }
        JsonNode payload = entry.payload() == null ? JsonNodeFactory.instance.nullNode() : entry.payload();
        return switch (asked.kind()) {
            case APPROVAL -> approval(payload);
            case QUESTION -> answer(Objects.requireNonNullElse(asked.questions(), List.of()), payload);
            case CLIENT_TOOL -> result(payload);
        };
    }

    /// What a client's tool has returned, as a message.
    static InputResponse of(ToolResult result) {
        return result.error() == null
                ? new InputResponse.Result(result.content())
                : new InputResponse.Failed(result.error());
    }

    private static InputResponse approval(JsonNode payload) {
        if (payload.isBoolean()) {
            return payload.booleanValue() ? new InputResponse.Approve() : new InputResponse.Reject(null);
        }
        JsonNode approved = payload.path("approved");
        if (!approved.isBoolean()) {
            throw Asked.invalid("payload of an approval must be true, false or {approved: boolean, editedArgs?}");
        }
        JsonNode edited = present(payload.path("editedArgs"));
        if (!approved.booleanValue()) {
            String reason = payload.path("reason").asString("");
            return new InputResponse.Reject(reason.isBlank() ? null : reason);
        }
        if (edited != null && !edited.isObject()) {
            throw Asked.invalid("payload.editedArgs must be an object: all arguments of the call");
        }
        return edited == null ? new InputResponse.Approve() : new InputResponse.Approve(edited);
    }

    /// One question may be answered without naming it.
    private static InputResponse answer(List<InputQuestion> questions, JsonNode payload) {
        boolean named = payload.isObject() && questions.stream().anyMatch(question -> payload.has(question.id()));
        if (questions.size() == 1 && !named) {
            JsonNode only = payload.isObject() && payload.has("answer") ? payload.get("answer") : payload;
            return new InputResponse.Answer(
                    Json.MAPPER.createObjectNode().set(questions.getFirst().id(), only));
        }
        return new InputResponse.Answer(payload);
    }

    /// An object that has nothing but a text `error` says why the tool could not do it, as TanStack AI does.
    private static InputResponse result(JsonNode payload) {
        String error = payload.size() == 1 ? payload.path("error").asString("") : "";
        return error.isBlank() ? new InputResponse.Result(payload) : new InputResponse.Failed(error);
    }

    private static @Nullable JsonNode present(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value;
    }
}
