package dev.dwata.agent.provider;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.provider.anthropic.AnthropicClient;
import dev.dwata.agent.provider.openai.OpenAiClient;
import dev.dwata.agent.provider.responses.ResponsesClient;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Makes the known providers from the environment. The names of models are those that the providers recommended
/// in November 2026 for what is done here: calling tools, over the API that is used here.
final class Providers {
    static final String CLAUDE_SONNET = "claude-sonnet-5-5";
    static final String CLAUDE_OPUS = "claude-opus-5-5";
    static final String GROQ = "openai/gpt-oss-120b";

    private static final List<String> ANTHROPIC = List.of(CLAUDE_SONNET, CLAUDE_OPUS);
    private static final List<String> OPENAI = List.of("gpt-5.1");

    private static final List<String> OPENROUTER = List.of("openrouter/auto");
    private static final List<String> OLLAMA = List.of("gpt-oss");

    private final Environment environment;
    private final ModelHttp http;

    Providers(Environment environment, ModelHttp http) {
        this.environment = environment;
        this.http = http;
    }

    /// In the order in which one is preferred when none is chosen.
    List<Provider> all(ModelClient offline) {
        return List.of(
                withBase("anthropic", ANTHROPIC, "ANTHROPIC", AnthropicClient.BASE_URL, AnthropicClient::new),
                withBase("openai", OPENAI, "OPENAI", ResponsesClient.BASE_URL, openAi()),
                withKey("groq", List.of(GROQ), "GROQ_API_KEY", "https://api.groq.com/openai/v1"),
                withKey("openrouter", OPENROUTER, "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"),
                ollama(),
                Provider.ready("offline", List.of("offline"), offline));
    }

    /// OpenAI's own host is asked over Responses; a server of one's own is likelier to serve Chat Completions.
    private BiFunction<Endpoint, ModelHttp, ModelClient> openAi() {
        return environment.get("OPENAI_BASE_URL") == null ? ResponsesClient::new : OpenAiClient::new;
    }

    /// A base URL alone is enough: servers of one's own seldom want a key.
    private Provider withBase(
            String name,
            List<String> models,
            String prefix,
            String usualBase,
            BiFunction<Endpoint, ModelHttp, ModelClient> client) {
        String keyName = prefix + "_API_KEY";
        String baseName = prefix + "_BASE_URL";
        String key = environment.get(keyName);
        String base = environment.get(baseName);
        if (key == null && base == null) {
            return Provider.missing(name, models, keyName + " is not set");
        }
        return make(name, models, new Source(keyName, key), baseName, base == null ? usualBase : base, client);
    }

    private Provider withKey(String name, List<String> models, String keyName, String base) {
        String key = environment.get(keyName);
        return key == null
                ? Provider.missing(name, models, keyName + " is not set")
                : make(name, models, new Source(keyName, key), "", base, OpenAiClient::new);
    }

    /// Needs nothing, but may not be there, so it counts as configured only where its address is given.
    private Provider ollama() {
        String host = environment.get("OLLAMA_HOST");
        String base = OllamaHost.baseUrl(host == null ? "" : host);
        Provider made = make("ollama", OLLAMA, new Source("", null), "OLLAMA_HOST", base, OpenAiClient::new);
        if (host != null || made.client() == null) {
            return made;
        }
        return new Provider("ollama", OLLAMA, false, made.client(), "OLLAMA_HOST is not set");
    }

    private Provider make(
            String name,
            List<String> models,
            Source key,
            String baseName,
            String base,
            BiFunction<Endpoint, ModelHttp, ModelClient> client) {
        ApiKey apiKey;
        try {
            apiKey = key.text() == null ? null : new ApiKey(key.text());
        } catch (IllegalArgumentException e) {
            return Provider.missing(name, models, key.variable() + " is not a key: " + e.getMessage());
        }
        try {
            return Provider.ready(name, models, client.apply(new Endpoint(name, base, apiKey), http));
        } catch (IllegalArgumentException e) {
            return Provider.missing(name, models, baseName + " is not usable: " + e.getMessage());
        }
    }

    /// A key and the variable it is from.
    private record Source(String variable, @Nullable String text) {}
}
