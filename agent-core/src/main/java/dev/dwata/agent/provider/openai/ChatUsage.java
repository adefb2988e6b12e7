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
    private long written;
    private @Nullable Double cost;

    /// Reads a usage object; anything else changes nothing.
    void read(JsonParser in) {
        JsonFields.each(in, this::field);
    }

    TokenUsage total() {
        long read = Math.min(cached, input);
        return new TokenUsage(input, output, read, cost, Math.min(written, input - read));
    }

    private void field(String name, JsonParser in) {
        switch (name) {
            case "prompt_tokens" -> input = JsonFields.count(in);
            case "completion_tokens" -> output = JsonFields.count(in);
            case "prompt_tokens_details" -> JsonFields.each(in, this::detail);
            // OpenRouter's, in US dollars.
            case "cost" -> cost = isNumber(in) ? Double.valueOf(in.getDoubleValue()) : cost;
            default -> {}
        }
    }

    private void detail(String name, JsonParser in) {
        switch (name) {
            case "cached_tokens" -> cached = JsonFields.count(in);
            case "cache_write_tokens" -> written = JsonFields.count(in);
            default -> {}
        }
    }

    private static boolean isNumber(JsonParser in) {
        return in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT || in.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }
}
