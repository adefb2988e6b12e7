package dev.dwata.agent.provider.wire;

import java.util.Map;

/// A request for a stream.
public final class Post {
    private final Endpoint endpoint;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;

    /// @param path    below the endpoint's base URL
    /// @param headers besides those that every request has
    /// @param body    JSON
    public Post(Endpoint endpoint, String path, Map<String, String> headers, byte[] body) {
        this.endpoint = endpoint;
        this.path = path;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    String url() {
        return endpoint.url(path);
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
