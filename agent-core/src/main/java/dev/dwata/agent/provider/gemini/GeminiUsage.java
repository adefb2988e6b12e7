package dev.dwata.agent.provider.gemini;

import dev.dwata.agent.provider.wire.JsonFields;
import dev.dwata.types.TokenUsage;
import tools.jackson.core.JsonParser;

/// Counts as the provider last told them: they are totals, and thoughts are not among the candidates' tokens.
final class GeminiUsage {
    private long prompt;
    private long tools;
    private long candidates;
    private long thoughts;
    private long cached;

    /// Reads a usage object; anything else changes nothing.
    void read(JsonParser in) {
        JsonFields.each(in, this::field);
    }

    TokenUsage total() {
        long input = prompt + tools;
        return new TokenUsage(input, candidates + thoughts, Math.min(cached, input), null);
    }

    private void field(String name, JsonParser in) {
        switch (name) {
            case "promptTokenCount" -> prompt = JsonFields.count(in);
            case "toolUsePromptTokenCount" -> tools = JsonFields.count(in);
            case "candidatesTokenCount" -> candidates = JsonFields.count(in);
            case "thoughtsTokenCount" -> thoughts = JsonFields.count(in);
            case "cachedContentTokenCount" -> cached = JsonFields.count(in);
            default -> {}
        }
    }
}
