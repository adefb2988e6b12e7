package dev.dwata.agent.provider.wire;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a provider is reached, and with which key.
///
/// @param provider its name in `provider/model`, and in messages
/// @param baseUrl  an http or https URL; whether it ends with a slash does not matter, a query is kept
/// @param key      absent where the server wants none
/// @param headers  sent with every request, unless the protocol itself has a header of that name
public record Endpoint(
        String provider, String baseUrl, @Nullable ApiKey key, Map<String, String> headers) {
    /// Not left to OkHttp, so that naming a provider loads nothing of it.
    private static final Pattern FORM = Pattern.compile("(?i)(?<origin>https?://(?:[^/?#@\\s]*@)?"
            + "(?<host>\\[[0-9a-f:.]+]|[^/?#@:\\s]+)(?::\\d{1,5})?)(?<path>/[^?#\\s]*)?(?<query>\\?[^#\\s]*)?");

    /// @throws IllegalArgumentException if `baseUrl` is not an http or https URL; the message does not quote it
    public Endpoint {
        headers = Map.copyOf(headers);
        if (!FORM.matcher(baseUrl).matches()) {
            throw new IllegalArgumentException("a base URL is an http or https URL such as http://127.0.0.1:8000/v1");
        }
    }

    /// One that wants no headers besides those of its protocol.
    public Endpoint(String provider, String baseUrl, @Nullable ApiKey key) {
        this(provider, baseUrl, key, Map.of());
    }

    /// The URL of `path` below the base.
    ///
    /// @param path without a slash at its start, perhaps with a query, which comes before the base's
    public String url(String path) {
        Matcher parts = parts();
        String query = part(parts, "query");
        String more = path.indexOf('?') >= 0 && !query.isEmpty() ? "&" + query.substring(1) : query;
        return part(parts, "origin") + basePath(parts) + "/" + path + more;
    }

    public String host() {
        return part(parts(), "host");
    }

    /// The base URL's path, without a slash at its end.
    public String basePath() {
        return basePath(parts());
    }

    private static String basePath(Matcher parts) {
        String path = part(parts, "path");
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private Matcher parts() {
        Matcher parts = FORM.matcher(baseUrl);
        if (!parts.matches()) {
            throw new IllegalStateException("a base URL was checked");
        }
        return parts;
    }

    private static String part(Matcher parts, String name) {
        String part = parts.group(name);
        return part == null ? "" : part;
    }
}
