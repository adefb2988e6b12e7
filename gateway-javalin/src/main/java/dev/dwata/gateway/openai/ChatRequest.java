package dev.dwata.gateway.openai;

import dev.dwata.agent.ClientTools;
import dev.dwata.types.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A request for a completion, as far as it means something here; other fields are ignored.
///
/// @param model  the name of an agent
/// @param usage  whether a stream ends with what was used
/// @param tools  that the caller carries out
/// @param schema that the answer is to follow; absent where it may be of any form
record ChatRequest(
        String model,
        List<ChatMessage> messages,
        boolean stream,
        boolean usage,
        List<ClientTools.Offer> tools,
        @Nullable JsonNode schema) {
    /// How long a caller may take to come back with what its tools have returned.
    private static final Duration FOR_TOOLS = Duration.ofMinutes(10);

    static ChatRequest read(ObjectNode body) {
        String model = body.path("model").asString("");
        if (model.isBlank()) {
            throw new BadRequest("model", "model is required: the name of an agent, such as default");
        }
        JsonNode many = body.path("n");
        if (many.isNumber() && many.asInt(1) != 1) {
            throw new BadRequest("n", "n must be 1: an agent gives one answer");
        }
        return new ChatRequest(
                model,
                MessageReader.read(body.path("messages")),
                flag(body, "stream"),
                body.path("stream_options").path("include_usage").asBoolean(false),
                tools(body),
                schema(body.path("response_format")));
    }

    private static boolean flag(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new BadRequest(name, name + " must be true or false");
        }
        return value.asBoolean(false);
    }

    private static List<ClientTools.Offer> tools(ObjectNode body) {
        List<ClientTools.Offer> tools = new ArrayList<>();
        if (body.path("tool_choice").asString("").equals("none")) {
            return tools;
        }
        for (JsonNode tool : body.path("tools")) {
            JsonNode function = tool.path("function");
            String name = function.path("name").asString("");
            if (!tool.path("type").asString("").equals("function") || name.isEmpty()) {
                throw new BadRequest("tools[" + tools.size() + "]", "a tool must be a function with a name");
            }
            JsonNode parameters = function.path("parameters");
            tools.add(new ClientTools.Offer(
                    name,
                    function.path("description").asString(""),
                    parameters.isObject() ? parameters : Json.MAPPER.createObjectNode(),
                    FOR_TOOLS));
        }
        return tools;
    }

    private static @Nullable JsonNode schema(JsonNode format) {
        return switch (format.path("type").asString("text")) {
            case "text" -> null;
            case "json_object" -> Json.MAPPER.createObjectNode().put("type", "object");
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema").path("schema");
                if (!schema.isObject()) {
                    throw new BadRequest("response_format", "response_format.json_schema.schema must be an object");
                }
                yield schema;
            }
            default ->
                throw new BadRequest(
                        "response_format", "response_format.type must be text, json_object or json_schema");
        };
    }
}
