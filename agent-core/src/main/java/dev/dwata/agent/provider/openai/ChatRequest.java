package dev.dwata.agent.provider.openai;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes the body of a request.
final class ChatRequest {
    private ChatRequest() {}

    /// @param limitField the server's name of the limit of output tokens
    static byte[] encode(ModelRequest request, String limitField) {
        return CleanJson.bytes(out -> {
            out.writeStartObject();
            out.writeStringProperty("model", request.model());
            out.writeBooleanProperty("stream", true);
            out.writeObjectPropertyStart("stream_options");
            out.writeBooleanProperty("include_usage", true);
            out.writeEndObject();
            Integer limit = request.maxOutputTokens();
            if (limit != null) {
                out.writeNumberProperty(limitField, limit.intValue());
            }
            messages(out, request);
            tools(out, request.tools());
            out.writeEndObject();
        });
    }

    private static void messages(JsonGenerator out, ModelRequest request) {
        out.writeArrayPropertyStart("messages");
        String system = request.system();
        if (system != null && !system.isBlank()) {
            ChatMessages.system(out, system);
        }
        List<Part> user = new ArrayList<>();
        for (Message message : request.messages()) {
            if (message.role() == Role.USER) {
                user.addAll(message.parts());
                continue;
            }
            flush(out, user);
            switch (message.role()) {
                case SYSTEM -> ChatMessages.system(out, message.text());
                case ASSISTANT -> ChatMessages.assistant(out, message);
                case TOOL -> ChatMessages.results(out, message);
                case USER -> throw new AssertionError("handled above");
            }
        }
        flush(out, user);
        out.writeEndArray();
    }

    /// Consecutive messages of the user are sent as one: some models' templates refuse two.
    private static void flush(JsonGenerator out, List<Part> user) {
        ChatMessages.user(out, user);
        user.clear();
    }

    private static void tools(JsonGenerator out, List<ToolSpec> tools) {
        if (tools.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("tools");
        for (ToolSpec tool : tools) {
            out.writeStartObject();
            out.writeStringProperty("type", "function");
            out.writeObjectPropertyStart("function");
            out.writeStringProperty("name", tool.encodedName());
            out.writeStringProperty("description", tool.description());
            out.writeName("parameters");
            out.writeTree(tool.parameters());
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
