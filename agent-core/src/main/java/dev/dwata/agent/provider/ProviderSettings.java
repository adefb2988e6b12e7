package dev.dwata.agent.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A server with models, besides the known ones or in place of one.
///
/// @param apiKeyEnv the environment variable that holds the key; absent where the server wants none
/// @param headers   sent with every request. No secrets: those that carry one are refused
public record ProviderSettings(
        Api api, String baseUrl, @Nullable String apiKeyEnv, Map<String, String> headers) {
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie");

    public ProviderSettings {
        headers = Map.copyOf(headers);
    }

    static ProviderSettings read(ConfigObject of) {
        of.only("api", "baseUrl", "apiKeyEnv", "headers");
        String word = of.requiredText("api");
        Api api = List.of(Api.values()).stream()
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> of.refuse("api", "one of " + String.join(", ", Api.words())));
        String variable = of.text("apiKeyEnv");
        if (variable != null && !variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw of.refuse("apiKeyEnv", "the name of an environment variable, not a key");
        }
        String url = of.requiredText("baseUrl");
        if (!url.matches("(?i)https?://[^\\s@]+")) {
            throw of.refuse("baseUrl", "an http or https URL without a password, such as http://127.0.0.1:8000/v1");
        }
        return new ProviderSettings(api, url, variable, headers(of.object("headers")));
    }

    private static Map<String, String> headers(ConfigObject of) {
        Map<String, String> headers = of.allTexts();
        headers.forEach((name, value) -> {
            if (SECRET.contains(name.toLowerCase(Locale.ROOT))) {
                throw of.refuse(name, "left out: keys come from the variable that apiKeyEnv names");
            }
            if (!name.matches("[A-Za-z0-9-]+") || !value.matches("[\\x20-\\x7e]+")) {
                throw of.refuse(name, "a header: printable ASCII, and letters, digits and '-' in its name");
            }
        });
        return headers;
    }
}
