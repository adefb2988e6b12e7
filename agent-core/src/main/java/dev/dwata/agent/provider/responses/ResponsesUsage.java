package dev.dwata.agent.provider.responses;

import dev.dwata.agent.provider.wire.JsonFields;
import dev.dwata.types.TokenUsage;
import tools.jackson.core.JsonParser;

/// Counts of a whole response; `input_tokens` includes what was read from and written to the cache.
final class ResponsesUsage {
    private long input;
    private long output;
    private long cached;
    private long written;

    /// Reads a usage object; anything else changes nothing.
    void read(JsonParser in) {
        JsonFields.each(in, this::field);
    }

    TokenUsage total() {
        long read = Math.min(cached, input);
        return new TokenUsage(input, output, read, null, Math.min(written, input - read));
    }

    private void field(String name, JsonParser in) {
        switch (name) {
            case "input_tokens" -> input = JsonFields.count(in);
            case "output_tokens" -> output = JsonFields.count(in);
            case "input_tokens_details" -> JsonFields.each(in, this::detail);
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
}
