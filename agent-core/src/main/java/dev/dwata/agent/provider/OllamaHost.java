package dev.dwata.agent.provider;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `OLLAMA_HOST` as Ollama's own programs do (envconfig, November 2026): scheme, host and port may each
/// be missing. What a server is told to listen on may be everywhere; a client then asks this machine.
final class OllamaHost {
    private static final Pattern FORM = Pattern.compile("(?:(https?)://)?(\\[[^]]*]|[^:/]*)(?::(\\d+))?(/.*)?");

    private OllamaHost() {}

    /// The base URL of its Chat Completions. Nonsense stays nonsense.
    static String baseUrl(String host) {
        Matcher parts = FORM.matcher(host);
        if (!parts.matches()) {
            return host;
        }
        String scheme = parts.group(1) == null ? "http" : parts.group(1);
        String name = parts.group(2);
        if (name.isEmpty() || name.equals("0.0.0.0") || name.equals("[::]")) {
            name = "127.0.0.1";
        }
        String port = parts.group(3);
        if (port == null) {
            port = parts.group(1) == null ? "11434" : scheme.equals("https") ? "443" : "80";
        }
        String path = parts.group(4) == null ? "" : parts.group(4).replaceAll("/+$", "");
        return scheme + "://" + name + ":" + port + path + (path.endsWith("/v1") ? "" : "/v1");
    }
}
