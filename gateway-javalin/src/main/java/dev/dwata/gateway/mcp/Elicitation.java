package dev.dwata.gateway.mcp;

import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Passes on what runs ask people to the person at the caller, where the caller can show it and may answer.
/// Others may answer meanwhile: the first counts.
final class Elicitation {
    private static final Logger LOG = LoggerFactory.getLogger(Elicitation.class);

    private final Services parts;
    private final Asked asked;

    Elicitation(Services parts, Asked asked) {
        this.parts = parts;
        this.asked = asked;
    }

    /// Does not wait for the answer.
    void ask(InputRequested input) {
        ObjectNode schema = schema(input);
        if (schema != null && asked.mayBeAsked() && asked.caller().scopes().contains(Scope.APPROVE)) {
            Thread.ofVirtual().name("mcp-elicitation").start(() -> elicit(input, schema));
        }
    }

    private void elicit(InputRequested input, ObjectNode schema) {
        try {
            ElicitResult result = asked.exchange()
                    .createElicitation(ElicitFormRequest.builder(message(input), Results.map(schema))
                            .build());
            InputResponse response = response(input, result);
            if (response != null) {
                parts.runtime().as(asked.caller().principal()).respond(input.requestId(), response, asked.client());
            }
        } catch (AgentException e) {
            LOG.debug("an answer to {} came to nothing: {}", input.requestId(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.debug("{} could not be asked: {}", asked.client(), e.toString());
        }
    }

    private static String message(InputRequested input) {
        String reason = input.reason() == null ? "" : "\n" + input.reason();
        if (input.kind() == InputKind.APPROVAL) {
            return "May " + input.toolName() + " be called with " + input.arguments() + "?" + reason;
        }
        List<InputQuestion> questions = input.questions();
        return questions == null
                ? input.toolName() + " needs an answer." + reason
                : String.join("\n", questions.stream().map(InputQuestion::text).toList());
    }

    /// @return absent for what the caller cannot answer: calls of others' tools, and what is secret
    private static @Nullable ObjectNode schema(InputRequested input) {
        return switch (input.kind()) {
            case APPROVAL -> approval();
            case QUESTION -> question(input);
            case CLIENT_TOOL -> null;
        };
    }

    private static ObjectNode approval() {
        ObjectNode schema = object();
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("decision")
                .put("type", "string")
                .putArray("enum")
                .add("approve")
                .add("reject");
        fields.putObject("reason").put("type", "string").put("description", "why not");
        schema.putArray("required").add("decision");
        return schema;
    }

    private static @Nullable ObjectNode question(InputRequested input) {
        List<InputQuestion> questions = input.questions();
        if (questions == null) {
            return input.form() instanceof ObjectNode form ? form : null;
        }
        ObjectNode schema = object();
        ObjectNode fields = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (InputQuestion question : questions) {
            if (question.isSecret()) {
                return null;
            }
            describe(question, fields.putObject(question.id()));
            required.add(question.id());
        }
        return schema;
    }

    private static void describe(InputQuestion question, ObjectNode field) {
        field.put("title", question.text());
        List<String> options = question.options();
        if (options == null) {
            field.put("type", "number".equals(question.inputType()) ? "number" : "string");
            return;
        }
        ObjectNode choice = field;
        if (Boolean.TRUE.equals(question.multiple())) {
            choice = field.put("type", "array").putObject("items");
        }
        ArrayNode values = choice.put("type", "string").putArray("enum");
        options.forEach(values::add);
    }

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode().put("type", "object");
    }

    /// @return absent where the person leaves it to others
    private static @Nullable InputResponse response(InputRequested input, ElicitResult result) {
        Map<String, Object> content = result.content() == null ? Map.of() : result.content();
        return switch (result.action()) {
            case ACCEPT -> accepted(input, content);
            case DECLINE -> new InputResponse.Reject("the user declined");
            case CANCEL -> null;
        };
    }

    private static InputResponse accepted(InputRequested input, Map<String, Object> content) {
        if (input.kind() != InputKind.APPROVAL) {
            return new InputResponse.Answer(Json.MAPPER.valueToTree(content));
        }
        return "approve".equals(content.get("decision"))
                ? new InputResponse.Approve()
                : new InputResponse.Reject(content.get("reason") instanceof String reason ? reason : null);
    }
}
