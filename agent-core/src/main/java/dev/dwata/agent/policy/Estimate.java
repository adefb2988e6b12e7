package dev.dwata.agent.policy;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import tools.jackson.databind.JsonNode;

/// How many tokens something takes at most, as far as that can be told without the model's tokenizer. Rather
/// too many than too few: text takes a token for three to four bytes of UTF-8 with the models of our time.
final class Estimate {
    private static final int BYTES_PER_TOKEN = 3;
    private static final int TOKENS_PER_MESSAGE = 8;
    private static final int TOKENS_PER_IMAGE = 1_600;
    private static final int TOKENS_PER_FILE = 50_000;

    private Estimate() {}

    static long tokens(ModelRequest request) {
        long tokens = request.system() == null ? 0 : tokens(request.system());
        for (Message message : request.messages()) {
            tokens += tokens(message);
        }
        for (ToolSpec tool : request.tools()) {
            tokens += TOKENS_PER_MESSAGE + tokens(tool.name()) + tokens(tool.description()) + tokens(tool.parameters());
        }
        return request.outputSchema() == null ? tokens : tokens + tokens(request.outputSchema());
    }

    static long tokens(Message message) {
        long tokens = TOKENS_PER_MESSAGE;
        for (Part part : message.parts()) {
            tokens += tokens(part);
        }
        return tokens;
    }

    private static long tokens(Part part) {
        return switch (part) {
            case Part.Text text -> tokens(text.text());
            case Part.Reasoning thought ->
                tokens(thought.text()) + (thought.signature() == null ? 0 : tokens(thought.signature()));
            case Part.ToolCall call -> tokens(call.name()) + tokens(call.id()) + tokens(call.arguments());
            case Part.ToolResult result -> tokens(result.toolCallId()) + tokens(result.result());
            case Part.Image image -> TOKENS_PER_IMAGE;
            case Part.File file -> TOKENS_PER_FILE;
            case Part.Unknown unknown -> tokens(unknown.raw());
        };
    }

    private static long tokens(JsonNode json) {
        return tokens(json.toString());
    }

    static long tokens(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
