package dev.dwata.gateway.agui;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.Json;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a run waits for, as AG-UI's interrupts (1.0, read 2026-11-21). TanStack AI lets a person answer those
/// whose `metadata.kind` it knows, `approval` and `client_tool`.
final class Interrupts {
    private Interrupts() {}

    static ArrayNode of(Collection<InputRequested> requests) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        requests.forEach(request -> all.add(of(request)));
        return all;
    }

    private static ObjectNode of(InputRequested request) {
        ObjectNode interrupt =
                Json.MAPPER.createObjectNode().put("id", request.requestId().value());
        ObjectNode metadata = Json.MAPPER.createObjectNode();
        switch (request.kind()) {
            case APPROVAL -> {
                interrupt.put("reason", "approval_required").put("message", wish(request));
                interrupt.set("responseSchema", approval());
                metadata.put("kind", "approval");
            }
            case CLIENT_TOOL -> {
                interrupt.put("reason", "client_tool_input").put("message", "Call " + request.toolName());
                metadata.put("kind", "client_tool");
            }
            case QUESTION -> {
                List<InputQuestion> questions = Objects.requireNonNullElse(request.questions(), List.of());
                interrupt.put("reason", "input_required").put("message", questions(request, questions));
                interrupt.set("responseSchema", request.form() == null ? schema(questions) : request.form());
                metadata.put("kind", "question");
                metadata.set("questions", Json.MAPPER.valueToTree(questions));
            }
        }
        metadata.put("toolName", request.toolName()).set("input", request.arguments());
        if (request.bound() != null) {
            metadata.set("bound", Json.MAPPER.valueToTree(request.bound()));
        }
        interrupt.put("toolCallId", request.toolCallId()).put("expiresAt", Json.format(request.expiresAt()));
        return interrupt.set("metadata", metadata);
    }

    private static String wish(InputRequested request) {
        return request.reason() == null ? "May " + request.toolName() + " be called?" : request.reason();
    }

    private static String questions(InputRequested request, List<InputQuestion> questions) {
        return questions.isEmpty()
                ? Objects.requireNonNullElse(request.reason(), "An answer is needed")
                : String.join("\n", questions.stream().map(InputQuestion::text).toList());
    }

    private static ObjectNode approval() {
        ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("approved").put("type", "boolean");
        fields.putObject("editedArgs").put("type", "object");
        schema.putArray("required").add("approved");
        return schema;
    }

    private static ObjectNode schema(List<InputQuestion> questions) {
        ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (InputQuestion question : questions) {
            ObjectNode field = fields.putObject(question.id()).put("description", question.text());
            required.add(question.id());
            boolean several = Boolean.TRUE.equals(question.multiple());
            ObjectNode one = several ? field.put("type", "array").putObject("items") : field;
            one.put("type", "number".equals(question.inputType()) ? "number" : "string");
            if (question.options() != null && !"text".equals(question.inputType())) {
                question.options().forEach(one.withArray("enum")::add);
            }
        }
        return schema;
    }
}
