package dev.dwata.agent.provider.gemini;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.OutputSchema;
import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Writes the body of a request.
final class GeminiRequest {
    /// Models that can tell what they think (November 2026).
    private static final String THINKS = "(.*/)?gemini-(2\\.5|[3-9]|\\d\\d|flash|pro)(?!.*(image|tts|audio)).*";

    /// Models that refuse a form for the reply together with tools (November 2026).
    private static final String FORM_OR_TOOLS = "(.*/)?gemini-[12]\\..*";

    private GeminiRequest() {}

    static byte[] encode(ModelRequest request) {
        JsonNode schema = request.outputSchema();
        boolean inWords =
                schema != null && !request.tools().isEmpty() && request.model().matches(FORM_OR_TOOLS);
        return CleanJson.bytes(out -> {
            out.writeStartObject();
            system(out, request, inWords);
            contents(out, request);
            tools(out, request.tools());
            out.writeObjectPropertyStart("generationConfig");
            Integer limit = request.maxOutputTokens();
            if (limit != null) {
                out.writeNumberProperty("maxOutputTokens", limit.intValue());
            }
            if (schema != null && !inWords) {
                out.writeStringProperty("responseMimeType", "application/json");
                out.writeName("responseJsonSchema");
                out.writeTree(schema);
            }
            if (request.model().matches(THINKS)) {
                out.writeObjectPropertyStart("thinkingConfig");
                out.writeBooleanProperty("includeThoughts", true);
                out.writeEndObject();
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    /// The API has no system messages among the others.
    private static void system(JsonGenerator out, ModelRequest request, boolean withSchema) {
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
        JsonNode schema = request.outputSchema();
        if (withSchema && schema != null) {
            texts.add(OutputSchema.inWords(schema));
        }
        texts.removeIf(String::isBlank);
        if (!texts.isEmpty()) {
            out.writeObjectPropertyStart("systemInstruction");
            out.writeArrayPropertyStart("parts");
            Contents.text(out, String.join("\n\n", texts));
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private static void contents(JsonGenerator out, ModelRequest request) {
        List<Message> messages = request.messages();
        Contents contents = new Contents(out, request.model());
        int turnStart = Thoughts.turnStart(messages);
        out.writeArrayPropertyStart("contents");
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM -> {}
                case USER -> contents.user(message.parts());
                case ASSISTANT -> contents.model(message.parts(), i > turnStart);
                case TOOL -> contents.results(message.parts());
            }
        }
        out.writeEndArray();
    }

    private static void tools(JsonGenerator out, List<ToolSpec> tools) {
        if (tools.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("tools");
        out.writeStartObject();
        out.writeArrayPropertyStart("functionDeclarations");
        for (ToolSpec tool : tools) {
            out.writeStartObject();
            out.writeStringProperty("name", tool.encodedName());
            out.writeStringProperty("description", tool.description());
            out.writeName("parametersJsonSchema");
            out.writeTree(tool.parameters());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
    }
}
