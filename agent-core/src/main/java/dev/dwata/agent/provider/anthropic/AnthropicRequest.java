package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.OutputSchema;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Writes the body of a request. Of the four places up to which it may be cached, one is after tools and
/// instructions, which the provider reads in this order, and the others are in the [Conversation].
final class AnthropicRequest {
    /// As much as every model on offer may say (November 2026: 32,000 to 128,000, thinking included).
    private static final int MAX_TOKENS = 32_000;

    private AnthropicRequest() {}

    static byte[] encode(ModelRequest request) {
        return CleanJson.bytes(out -> {
            Integer limit = request.maxOutputTokens();
            String system = system(request);
            out.writeStartObject();
            out.writeStringProperty("model", request.model());
            out.writeNumberProperty("max_tokens", limit == null ? MAX_TOKENS : limit.intValue());
            out.writeBooleanProperty("stream", true);
            if (!system.isEmpty()) {
                out.writeArrayPropertyStart("system");
                new Blocks(out, true).text(system);
                out.writeEndArray();
            }
            new Conversation(request.messages()).write(out);
            tools(out, request.tools(), system.isEmpty());
            JsonNode schema = request.outputSchema();
            if (schema != null) {
                out.writeObjectPropertyStart("output_config");
                out.writeObjectPropertyStart("format");
                out.writeStringProperty("type", "json_schema");
                out.writeName("schema");
                out.writeTree(OutputSchema.closed(schema));
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndObject();
        });
    }

    /// The API has no system messages among the others.
    private static String system(ModelRequest request) {
        List<String> texts = new ArrayList<>();
        String instructions = request.system();
        if (instructions != null) {
            texts.add(instructions);
        }
        for (Message message : request.messages()) {
            if (message.role() == Role.SYSTEM) {
                texts.add(message.text());
            }
        }
        texts.removeIf(String::isBlank);
        return String.join("\n\n", texts);
    }

    private static void tools(JsonGenerator out, List<ToolSpec> tools, boolean cached) {
        if (tools.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("tools");
        for (int i = 0; i < tools.size(); i++) {
            ToolSpec tool = tools.get(i);
            out.writeStartObject();
            out.writeStringProperty("name", tool.encodedName());
            out.writeStringProperty("description", tool.description());
            out.writeName("input_schema");
            out.writeTree(tool.parameters());
            new Blocks(out, cached && i == tools.size() - 1).end();
        }
        out.writeEndArray();
    }
}
