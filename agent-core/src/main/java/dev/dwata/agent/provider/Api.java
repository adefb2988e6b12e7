package dev.dwata.agent.provider;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.provider.anthropic.AnthropicClient;
import dev.dwata.agent.provider.gemini.GeminiClient;
import dev.dwata.agent.provider.openai.OpenAiClient;
import dev.dwata.agent.provider.responses.ResponsesClient;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A protocol that servers speak.
public enum Api {
    /// Anthropic's Messages. The base URL is without `/v1`.
    ANTHROPIC,
    /// OpenAI's Chat Completions, which most servers speak. The base URL is what comes before
    /// `/chat/completions`.
    CHAT,
    /// OpenAI's Responses. The base URL is what comes before `/responses`.
    RESPONSES,
    /// Google's Gemini API. The base URL is without `/v1beta`.
    GEMINI;

    /// Its name in the configuration.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Api::word).toList();
    }

    ModelClient client(Endpoint endpoint, ModelHttp http) {
        return switch (this) {
            case ANTHROPIC -> new AnthropicClient(endpoint, http);
            case CHAT -> new OpenAiClient(endpoint, http);
            case RESPONSES -> new ResponsesClient(endpoint, http);
            case GEMINI -> new GeminiClient(endpoint, http);
        };
    }
}
