package dev.dwata.gateway.streams;

import dev.dwata.types.AgentError;
import java.util.Map;

/// Ends a request with something else than was asked for.
final class StreamAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient AgentError error;
    private final transient Map<String, String> headers;

    StreamAnswer(int status, AgentError error, Map<String, String> headers) {
        super(error.message(), null, false, false);
        this.status = status;
        this.error = error;
        this.headers = Map.copyOf(headers);
    }

    StreamAnswer(int status, AgentError error) {
        this(status, error, Map.of());
    }

    int status() {
        return status;
    }

    AgentError error() {
        return error;
    }

    Map<String, String> headers() {
        return headers;
    }

    static StreamAnswer notFound(String path) {
        return new StreamAnswer(404, new AgentError.NotFound("there is no stream " + path));
    }

    static StreamAnswer gone(String path) {
        return new StreamAnswer(
                410, new AgentError.NotFound("the stream " + path + " was deleted; it is kept for its forks only"));
    }
}
