package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.JsonFields;
import dev.dwata.types.TokenUsage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Counts as the server last told them: in a chunk of its own, in the last one, or in each so far.
final class ChatUsage {
    private long input;
    private long output;
    private long cached;
    private @Nullable Double cost;

    /// Reads a usage object; anything else changes nothing.
    void read(JsonParser in) {
        JsonFields.each(in, this::field);
    }

    TokenUsage total() {
        return new TokenUsage(input, output, Math.min(cached, input), cost);
    }

    private void field(String name, JsonParser in) {
        switch (name) {
            case "prompt_tokens" -> input = JsonFields.count(in);
            case "completion_tokens" -> output = JsonFields.count(in);
            case "prompt_tokens_details" ->
                JsonFields.each(in, (detail, value) -> {
                    if (detail.equals("cached_tokens")) {
                        cached = JsonFields.count(value);
                    }
                });
            // OpenRouter's, in US dollars.
            case "cost" -> cost = isNumber(in) ? Double.valueOf(in.getDoubleValue()) : cost;
            default -> {}
        }
    }

    private static boolean isNumber(JsonParser in) {
        return in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT || in.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }
}
