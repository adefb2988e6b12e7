package dev.dwata.gateway.http;

import dev.dwata.types.AgentError;
import dev.dwata.types.ErrorPayload;
import dev.dwata.types.Json;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How every error over HTTP reads.
///
/// @param error        one sentence
/// @param code         the name of an error code
/// @param retryable    true where the same request may succeed later; else absent
/// @param retryAfterMs milliseconds; absent where not known
/// @param details      for machines; absent where there are none
public record ErrorBody(
        String error,
        String code,
        @Nullable Boolean retryable,
        @Nullable Long retryAfterMs,
        @Nullable Map<String, Object> details) {

    public static String of(AgentError error) {
        ErrorPayload said = ErrorPayload.of(error, false);
        return Json.MAPPER.writeValueAsString(new ErrorBody(
                said.message(),
                said.errorCode(),
                said.retryable() ? Boolean.TRUE : null,
                said.retryAfterMs(),
                said.details()));
    }

    /// As [#of(AgentError)], in the form that is read at a path: that of OpenAI where its clients ask.
    static String of(String path, AgentError error) {
        boolean chats = path.startsWith("/v1/chat/") || path.equals("/v1/models") || path.startsWith("/v1/models/");
        return chats ? forChats(error, null).toString() : of(error);
    }

    /// As OpenAI's clients read it (openai 7.55.0, tried 2026-11-21).
    ///
    /// @param param the field of the request that is wrong; absent where none is
    public static ObjectNode forChats(AgentError error, @Nullable String param) {
        boolean noModel = "model".equals(param);
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("error")
                .put("message", error.message())
                .put("type", type(noModel ? 404 : status(error)))
                .put("param", param)
                .put("code", noModel ? "model_not_found" : error.code().name().toLowerCase(Locale.ROOT));
        return body;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    /// For what the web server itself finds wrong with a request.
    public static String of(int status, String reason) {
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

    /// The status that goes with an error.
    public static int status(AgentError error) {
        return switch (error.code()) {
            case INVALID_REQUEST -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT, ALREADY_RESOLVED, IDEMPOTENCY_CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNSUPPORTED -> 415;
            case MODEL_NOT_CONFIGURED, MODEL_REJECTED, CONTEXT_OVERFLOW, LIMIT_REACHED, BUDGET_EXCEEDED, TOOL_FAILED ->
                422;
            case RATE_LIMITED -> 429;
            case MODEL_UNAVAILABLE, STREAM_INCOMPLETE, TIMEOUT, STORAGE_FULL, STORAGE_BUSY, DRAINING, INTERRUPTED ->
                503;
            case INTERNAL -> 500;
        };
    }
}
