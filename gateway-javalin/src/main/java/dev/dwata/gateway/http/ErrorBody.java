package dev.dwata.gateway.http;

import dev.dwata.types.AgentError;
import dev.dwata.types.Json;

/// How every error over HTTP reads.
///
/// @param error one sentence
/// @param code  the name of an error code
record ErrorBody(String error, String code) {
    static String of(AgentError error) {
        return Json.MAPPER.writeValueAsString(
                new ErrorBody(error.message(), error.code().name()));
    }

    /// For what the web server itself finds wrong with a request.
    static String of(int status, String reason) {
        String message = reason.isBlank() ? "HTTP status " + status : reason;
        AgentError error = switch (status) {
            case 401 -> new AgentError.Unauthenticated(message);
            case 403 -> new AgentError.Forbidden(message);
            case 404 -> new AgentError.NotFound(message);
            case 413, 414, 431 -> new AgentError.TooLarge(message);
            case 405, 415, 426, 505 -> new AgentError.Unsupported(message);
            case 503 -> new AgentError.RateLimited(message, null);
            default -> status < 500 ? new AgentError.InvalidRequest(message) : new AgentError.Internal(message);
        };
        return of(error);
    }
}
