package dev.dwata.agent.provider.wire;

import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// Where a provider is reached, and with which key.
///
/// @param provider its name in `provider/model`, and in messages
/// @param baseUrl  an http or https URL; whether it ends with a slash does not matter, a query is kept
/// @param key      absent where the server wants none
public record Endpoint(
        String provider, String baseUrl, @Nullable ApiKey key) {
    /// @throws IllegalArgumentException if `baseUrl` is not an http or https URL; the message does not quote it
    public Endpoint {
        if (HttpUrl.parse(baseUrl) == null) {
            throw new IllegalArgumentException("a base URL is an http or https URL such as http://127.0.0.1:8000/v1");
        }
    }

    /// The URL of `path` below the base.
    ///
    /// @param path without a slash at its start
    public String url(String path) {
        return base().newBuilder().addPathSegments(path).build().toString();
    }

    public String host() {
        return base().host();
    }

    /// Whether the base URL's path ends with the segment `name`.
    public boolean endsWith(String name) {
        return base().encodedPath().replaceAll("/+$", "").endsWith("/" + name);
    }

    private HttpUrl base() {
        HttpUrl base = HttpUrl.get(baseUrl);
        String path = base.encodedPath().replaceAll("/+$", "");
        return base.newBuilder().encodedPath(path.isEmpty() ? "/" : path).build();
    }
}
