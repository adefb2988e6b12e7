package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes the body of a request.
final class AnthropicRequest {
    /// As much as every model on offer may say (November 2026: 32,000 to 128,000, thinking included).
    private static final int MAX_TOKENS = 32_000;

    private AnthropicRequest() {}

    static byte[] encode(ModelRequest request) {
        return CleanJson.bytes(out -> {
            Integer limit = request.maxOutputTokens();
            out.writeStartObject();
            out.writeStringProperty("model", request.model());
            out.writeNumberProperty("max_tokens", limit == null ? MAX_TOKENS : limit.intValue());
            out.writeBooleanProperty("stream", true);
            system(out, request);
            out.writeArrayPropertyStart("messages");
            for (Turn turn : turns(request.messages())) {
                turn.write(out);
            }
            out.writeEndArray();
            tools(out, request.tools());
            out.writeEndObject();
        });
    }

    /// The API has no system messages among the others.
    private static void system(JsonGenerator out, ModelRequest request) {
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
        if (!texts.isEmpty()) {
            out.writeStringProperty("system", String.join("\n\n", texts));
        }
    }

    /// Messages of the user and of tools are one role here, and roles must alternate.
    private static List<Turn> turns(List<Message> messages) {
        int thinkingFrom = Thoughts.turnStart(messages);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.role() == Role.SYSTEM) {
                continue;
            }
            boolean assistant = message.role() == Role.ASSISTANT;
            if (turns.isEmpty() || turns.getLast().assistant() != assistant) {
                turns.add(new Turn(assistant));
            }
            turns.getLast().add(message.parts(), i >= thinkingFrom);
        }
        turns.removeIf(Turn::isEmpty);
        return turns;
    }

    private static void tools(JsonGenerator out, List<ToolSpec> tools) {
        if (tools.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("tools");
        for (ToolSpec tool : tools) {
            out.writeStartObject();
            out.writeStringProperty("name", tool.encodedName());
            out.writeStringProperty("description", tool.description());
            out.writeName("input_schema");
            out.writeTree(tool.parameters());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
