package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.provider.wire.JsonFields;
import dev.dwata.types.TokenUsage;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Counts as the provider last told them: they are totals, and `message_delta` repeats only some of those that
/// `message_start` had. `input_tokens` leaves out what was read from or written to the cache.
final class Usage implements JsonFields.Visitor {
    private long input;
    private long output;
    private long cacheRead;
    private long cacheWritten;

    @Override
    public void visit(String name, JsonParser in) {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "input_tokens" -> input = JsonFields.count(in);
            case "output_tokens" -> output = JsonFields.count(in);
            case "cache_read_input_tokens" -> cacheRead = JsonFields.count(in);
            case "cache_creation_input_tokens" -> cacheWritten = JsonFields.count(in);
            default -> {}
        }
    }

    TokenUsage total() {
        return new TokenUsage(input + cacheRead + cacheWritten, output, cacheRead, null, cacheWritten);
    }
}
