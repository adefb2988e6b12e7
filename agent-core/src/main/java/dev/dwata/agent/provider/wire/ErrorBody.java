package dev.dwata.agent.provider.wire;

import dev.dwata.types.Json;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a provider says went wrong.
///
/// Anthropic wraps it as `{"type":"error","error":{"type","message"}}`, OpenAI and those after its pattern as
/// `{"error":{"message","type","code"}}`, Ollama also as `{"error":"…"}`, vLLM also as
/// `{"message","type","code"}`, and servers made with FastAPI as `{"detail":"…"}` (each provider's
/// documentation, November 2026). Google has a `status` where others have a `type`, an array around it all on
/// some paths, and in `details` how long to wait.
///
/// @param type       the provider's word for the kind of error; empty where it has none
/// @param code       a finer word, or an HTTP status as digits; empty where there is none
/// @param message    for people; empty where there is none
/// @param retryAfter how long to wait; absent where the body does not tell
public record ErrorBody(
        String type, String code, String message, @Nullable Duration retryAfter) {
    public ErrorBody(String type, String code, String message) {
        this(type, code, message, null);
    }

    /// Reads an error's tree, wrapped or not.
    public static ErrorBody of(JsonNode tree) {
        JsonNode error = tree.isString() ? tree : tree.path("error");
        if (error.isString()) {
            return new ErrorBody("", "", error.stringValue());
        }
        JsonNode it = error.isObject() ? error : tree;
        String type = string(it, "type");
        String message = string(it, "message");
        return new ErrorBody(
                type.isEmpty() ? string(it, "status") : type,
                string(it, "code"),
                message.isEmpty() ? string(it, "detail") : message,
                retryDelay(it.path("details")));
    }

    /// Reads the body of an answer. One that is not JSON is the message, unless it is a page for a browser.
    public static ErrorBody parse(String body) {
        try {
            JsonNode whole = Json.MAPPER.readTree(body);
            JsonNode tree = whole.isArray() ? whole.path(0) : whole;
            if (tree.isObject()) {
                return of(tree);
            }
        } catch (JacksonException e) {
            // Then it is meant for people.
        }
        return new ErrorBody("", "", body.stripLeading().startsWith("<") ? "" : body);
    }

    /// The HTTP status that stands for this error where it came without one: within an answer that had begun as
    /// 200.
    int status() {
        @Nullable Integer status = status(code);
        if (status == null) {
            status = status(type);
        }
        return status == null ? 500 : status;
    }

    /// Whether the conversation is too long for the model.
    boolean contextOverflow() {
        if (code.equals("context_length_exceeded") || type.equals("exceed_context_size_error")) {
            return true;
        }
        String said = message.toLowerCase(Locale.ROOT);
        return said.contains("prompt is too long")
                || said.contains("maximum context length")
                || said.contains("exceeds the maximum number of tokens")
                || said.contains("exceed context limit")
                || said.contains("exceeds the available context size")
                || said.contains("context window")
                || said.contains("context_length_exceeded");
    }

    /// Whether the account has nothing left to spend, which waiting does not change.
    boolean outOfCredit() {
        return code.equals("insufficient_quota") || type.equals("insufficient_quota");
    }

    private static @Nullable Integer status(String word) {
        if (word.matches("[45]\\d\\d")) {
            return Integer.valueOf(word);
        }
        return switch (word) {
            case "invalid_request_error",
                    "context_length_exceeded",
                    "exceed_context_size_error",
                    "invalid_prompt",
                    "bio_policy",
                    "image_content_policy_violation",
                    "INVALID_ARGUMENT",
                    "FAILED_PRECONDITION" -> 400;
            case "authentication_error", "invalid_api_key" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error", "model_not_found" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error", "rate_limit_exceeded", "insufficient_quota", "RESOURCE_EXHAUSTED" -> 429;
            case "api_error", "server_error", "internal_server_error" -> 500;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> null;
        };
    }

    /// Google's `RetryInfo`: seconds as in `39s` or `1.5s`.
    private static @Nullable Duration retryDelay(JsonNode details) {
        for (JsonNode detail : details) {
            String delay = string(detail, "retryDelay");
            if (delay.matches("\\d{1,6}(\\.\\d{1,9})?s")) {
                return Duration.ofMillis((long) (Double.parseDouble(delay.substring(0, delay.length() - 1)) * 1000));
            }
        }
        return null;
    }

    private static String string(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        return value.isString() || value.isNumber() ? value.asString() : "";
    }
}
