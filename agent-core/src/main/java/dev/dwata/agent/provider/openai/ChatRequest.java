package dev.dwata.agent.provider.openai;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.OutputSchema;
import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Writes the body of a request.
final class ChatRequest {
    private ChatRequest() {}

    static byte[] encode(ModelRequest request, Dialect dialect) {
        return CleanJson.bytes(out -> {
            out.writeStartObject();
            out.writeStringProperty("model", request.model());
            out.writeBooleanProperty("stream", true);
            if (dialect.has(Dialect.Rule.USAGE_ON_REQUEST)) {
                out.writeObjectPropertyStart("stream_options");
                out.writeBooleanProperty("include_usage", true);
                out.writeEndObject();
            }
            Integer limit = request.maxOutputTokens();
            if (limit != null) {
                out.writeNumberProperty(dialect.limitField(), limit.intValue());
            }
            messages(new ChatMessages(out, dialect), request, dialect);
            tools(out, request.tools());
            JsonNode schema = request.outputSchema();
            if (schema != null) {
                schema(out, schema, dialect.schemas());
            }
            out.writeEndObject();
        });
    }

    private static void messages(ChatMessages out, ModelRequest request, Dialect dialect) {
        out.start();
        String system = system(request, dialect);
        if (system != null && !system.isBlank()) {
            out.system(system);
        }
        List<Message> messages = request.messages();
        int thinkingFrom = Thoughts.turnStart(messages);
        List<Part> user = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.role() == Role.USER) {
                user.addAll(message.parts());
                continue;
            }
            flush(out, user);
            switch (message.role()) {
                case SYSTEM -> out.system(message.text());
                case ASSISTANT -> out.assistant(message, i >= thinkingFrom);
                case TOOL -> out.results(message);
                case USER -> throw new AssertionError("handled above");
            }
        }
        flush(out, user);
        out.end();
    }

    /// Consecutive messages of the user are sent as one: some models' templates refuse two.
    private static void flush(ChatMessages out, List<Part> user) {
        out.user(user);
        user.clear();
    }

    private static @Nullable String system(ModelRequest request, Dialect dialect) {
        JsonNode schema = request.outputSchema();
        String system = request.system();
        if (schema == null || dialect.schemas() == Dialect.SchemaForm.FIELD) {
            return system;
        }
        return (system == null || system.isBlank() ? "" : system + "\n\n") + OutputSchema.inWords(schema);
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

    private static void schema(JsonGenerator out, JsonNode schema, Dialect.SchemaForm form) {
        switch (form) {
            case FIELD -> {
                out.writeObjectPropertyStart("response_format");
                out.writeStringProperty("type", "json_schema");
                out.writeObjectPropertyStart("json_schema");
                out.writeStringProperty("name", "answer");
                out.writeName("schema");
                out.writeTree(schema);
                out.writeBooleanProperty("strict", OutputSchema.isStrict(schema));
                out.writeEndObject();
                out.writeEndObject();
            }
            case WORDS_AND_JSON -> {
                out.writeObjectPropertyStart("response_format");
                out.writeStringProperty("type", "json_object");
                out.writeEndObject();
            }
            case WORDS -> {}
        }
    }
}
