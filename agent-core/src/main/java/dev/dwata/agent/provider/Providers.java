package dev.dwata.agent.provider;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.provider.anthropic.AnthropicClient;
import dev.dwata.agent.provider.gemini.GeminiClient;
import dev.dwata.agent.provider.responses.ResponsesClient;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the known providers from the environment, and those of the configuration. The addresses are those of
/// the providers' documentation, November 2026.
final class Providers {
    private final Environment environment;
    private final ModelHttp http;
    private final Catalogue catalogue;

    /// Where a provider is.
    ///
    /// @param baseName the variable its address is from; empty where there is none
    /// @param keyName  the variable its key is from; empty where it wants none
    private record Place(Api api, String baseName, String baseUrl, String keyName, Map<String, String> headers) {
        Place(Api api, String baseUrl, String keyName) {
            this(api, "", baseUrl, keyName, Map.of());
        }
    }

    Providers(Environment environment, ModelHttp http, Catalogue catalogue) {
        this.environment = environment;
        this.http = http;
        this.catalogue = catalogue;
    }

    /// By name, in the order in which one is preferred when none is chosen. One that is configured takes the
    /// place of the known one of its name; the others come before those that answer last.
    Map<String, Provider> all(Map<String, ProviderSettings> configured, ModelClient offline) {
        Map<String, Provider> all = new LinkedHashMap<>();
        all.put("anthropic", withBase("anthropic", Api.ANTHROPIC, "ANTHROPIC_API_KEY", AnthropicClient.BASE_URL));
        all.put("openai", openAi());
        all.put("gemini", withBase("gemini", Api.GEMINI, geminiKey(), GeminiClient.BASE_URL));
        all.put("groq", withKey("groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1"));
        all.put("mistral", withKey("mistral", "MISTRAL_API_KEY", "https://api.mistral.ai/v1"));
        all.put("deepseek", withKey("deepseek", "DEEPSEEK_API_KEY", "https://api.deepseek.com"));
        all.put("openrouter", withKey("openrouter", "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"));
        configured.forEach((name, settings) -> all.put(name, own(name, settings)));
        all.putIfAbsent("ollama", ollama());
        all.put("offline", Provider.ready("offline", catalogue.names("offline"), offline));
        return all;
    }

    /// OpenAI's own host is asked over Responses; a server of one's own is likelier to serve Chat Completions.
    /// Over these OpenAI's latest models call no tools unless they are told not to think.
    private Provider openAi() {
        boolean own =
                !environment.get("OPENAI_BASE_URL", ResponsesClient.BASE_URL).startsWith("https://api.openai.com/");
        Provider made = withBase("openai", own ? Api.CHAT : Api.RESPONSES, "OPENAI_API_KEY", ResponsesClient.BASE_URL);
        return own ? made.preferring("gpt-5.1") : made;
    }

    /// Google's own programs know the key by two names.
    private String geminiKey() {
        return environment.get("GEMINI_API_KEY") == null && environment.get("GOOGLE_API_KEY") != null
                ? "GOOGLE_API_KEY"
                : "GEMINI_API_KEY";
    }

    /// A base URL alone is enough: servers of one's own seldom want a key.
    private Provider withBase(String name, Api api, String keyName, String usualBase) {
        String baseName = name.toUpperCase(Locale.ROOT) + "_BASE_URL";
        String base = environment.get(baseName);
        if (environment.get(keyName) == null && base == null) {
            return unset(name, keyName);
        }
        return make(name, new Place(api, baseName, base == null ? usualBase : base, keyName, Map.of()));
    }

    private Provider withKey(String name, String keyName, String base) {
        return environment.get(keyName) == null ? unset(name, keyName) : make(name, new Place(Api.CHAT, base, keyName));
    }

    private Provider own(String name, ProviderSettings settings) {
        String variable = settings.apiKeyEnv();
        if (variable != null && environment.get(variable) == null) {
            return unset(name, variable);
        }
        String keyName = variable == null ? "" : variable;
        String baseName = "providers." + name + ".baseUrl";
        return make(name, new Place(settings.api(), baseName, settings.baseUrl(), keyName, settings.headers()));
    }

    /// Needs nothing, but may not be there, so it counts as configured only where its address is given.
    private Provider ollama() {
        String host = environment.get("OLLAMA_HOST");
        String base = OllamaHost.baseUrl(host == null ? "" : host);
        Provider made = make("ollama", new Place(Api.CHAT, "OLLAMA_HOST", base, "", Map.of()));
        if (made.client() == null) {
            return made;
        }
        Provider local = made.local(new OllamaTags(base)::names);
        return host == null ? local.perhaps("OLLAMA_HOST is not set") : local;
    }

    private Provider unset(String name, String variable) {
        return Provider.missing(name, catalogue.names(name), variable + " is not set");
    }

    private Provider make(String name, Place place) {
        @Nullable String key = place.keyName().isEmpty() ? null : environment.get(place.keyName());
        ApiKey apiKey;
        try {
            apiKey = key == null ? null : new ApiKey(key);
        } catch (IllegalArgumentException e) {
            return Provider.missing(name, catalogue.names(name), place.keyName() + " is not a key: " + e.getMessage());
        }
        try {
            Endpoint endpoint = new Endpoint(name, place.baseUrl(), apiKey, place.headers());
            return Provider.ready(name, catalogue.names(name), place.api().client(endpoint, http));
        } catch (IllegalArgumentException e) {
            return Provider.missing(
                    name, catalogue.names(name), place.baseName() + " is not usable: " + e.getMessage());
        }
    }
}
