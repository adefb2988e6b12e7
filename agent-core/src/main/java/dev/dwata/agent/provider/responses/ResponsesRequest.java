package dev.dwata.agent.provider.responses;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.OutputSchema;
import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Writes the body of a request.
final class ResponsesRequest {
    /// Models that do not think refuse to be asked for what they thought (November 2026).
    private static final String THINKS_NOT = "(chatgpt-4o|gpt-[34]).*";

    private ResponsesRequest() {}

    static byte[] encode(ModelRequest request) {
        return CleanJson.bytes(out -> {
            out.writeStartObject();
            out.writeStringProperty("model", request.model());
            out.writeBooleanProperty("stream", true);
            out.writeBooleanProperty("store", false);
            if (!request.model().matches(THINKS_NOT)) {
                out.writeArrayPropertyStart("include");
                out.writeString("reasoning.encrypted_content");
                out.writeEndArray();
            }
            Integer limit = request.maxOutputTokens();
            if (limit != null) {
                out.writeNumberProperty("max_output_tokens", limit.intValue());
            }
            String system = request.system();
            if (system != null && !system.isBlank()) {
                out.writeStringProperty("instructions", system);
            }
            input(out, request.messages());
            tools(out, request.tools());
            schema(out, request.outputSchema());
            out.writeEndObject();
        });
    }

    private static void input(JsonGenerator out, List<Message> messages) {
        int thinkingFrom = Thoughts.turnStart(messages);
        out.writeArrayPropertyStart("input");
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM -> InputItems.developer(out, message.text());
                case USER -> InputItems.user(out, message.parts());
                case ASSISTANT -> InputItems.assistant(out, message.parts(), i >= thinkingFrom);
                case TOOL -> InputItems.results(out, message.parts());
            }
        }
        out.writeEndArray();
    }

    /// Strict schemas are the default of this API, and not those that tools have.
    private static void tools(JsonGenerator out, List<ToolSpec> tools) {
        if (tools.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("tools");
        for (ToolSpec tool : tools) {
            out.writeStartObject();
            out.writeStringProperty("type", "function");
            out.writeStringProperty("name", tool.encodedName());
            out.writeStringProperty("description", tool.description());
            out.writeName("parameters");
            out.writeTree(tool.parameters());
            out.writeBooleanProperty("strict", false);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void schema(JsonGenerator out, @Nullable JsonNode schema) {
        if (schema == null) {
            return;
        }
        out.writeObjectPropertyStart("text");
        out.writeObjectPropertyStart("format");
        out.writeStringProperty("type", "json_schema");
        out.writeStringProperty("name", "answer");
        out.writeName("schema");
        out.writeTree(schema);
        out.writeBooleanProperty("strict", OutputSchema.isStrict(schema));
        out.writeEndObject();
        out.writeEndObject();
    }
}
