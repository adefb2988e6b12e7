package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An [AgentError] as it is stored and sent in an `error` event.
///
/// @param message      one sentence for a person
/// @param errorCode    the name of an [ErrorCode]
/// @param retryAfterMs how long to wait before trying again, in milliseconds; absent where not known
/// @param fatal        whether this ended the run
/// @param details      for machines, by code: `limit` and `value`, `status`, `headSeq`, or `scope`, `measure`,
///                     `limit` and `spent` of a budget
public record ErrorPayload(
        String message,
        @JsonAlias("code") String errorCode,
        boolean retryable,
        @Nullable Long retryAfterMs,
        boolean fatal,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        Map<String, Object> details) {

    public static ErrorPayload of(AgentError error, boolean fatal) {
        return new ErrorPayload(
                error.message(), error.code().name(), error.retryable(), retryAfterMs(error), fatal, details(error));
    }

    /// The error this describes. A code that this version does not know becomes [AgentError.Internal].
    public AgentError toError() {
        ErrorCode code;
        try {
            code = ErrorCode.valueOf(errorCode);
        } catch (IllegalArgumentException e) {
            code = ErrorCode.INTERNAL;
        }
        Map<String, Object> known = details == null ? Map.of() : details;
        Duration retryAfter = retryAfterMs == null ? null : Duration.ofMillis(retryAfterMs);
        return switch (code) {
            case INVALID_REQUEST -> new AgentError.InvalidRequest(message);
            case UNAUTHENTICATED -> new AgentError.Unauthenticated(message);
            case FORBIDDEN -> new AgentError.Forbidden(message);
            case NOT_FOUND -> new AgentError.NotFound(message);
            case CONFLICT -> new AgentError.Conflict(message, known);
            case ALREADY_RESOLVED -> new AgentError.AlreadyResolved(message, known);
            case IDEMPOTENCY_CONFLICT -> new AgentError.IdempotencyConflict(message);
            case RATE_LIMITED -> new AgentError.RateLimited(message, retryAfter);
            case TOO_LARGE -> new AgentError.TooLarge(message);
            case UNSUPPORTED -> new AgentError.Unsupported(message);
            case MODEL_NOT_CONFIGURED -> new AgentError.ModelNotConfigured(message);
            case MODEL_REJECTED -> new AgentError.ModelRejected(message, (int) number(known, "status"));
            case MODEL_UNAVAILABLE -> new AgentError.ModelUnavailable(message, retryAfter);
            case CONTEXT_OVERFLOW -> new AgentError.ContextOverflow(message);
            case STREAM_INCOMPLETE -> new AgentError.StreamIncomplete(message);
            case LIMIT_REACHED ->
                new AgentError.LimitReached(
                        message, String.valueOf(known.getOrDefault("limit", "")), number(known, "value"));
            case BUDGET_EXCEEDED ->
                new AgentError.BudgetExceeded(
                        message,
                        String.valueOf(known.getOrDefault("scope", "")),
                        String.valueOf(known.getOrDefault("measure", "")),
                        amount(known, "limit"),
                        amount(known, "spent"));
            case TOOL_FAILED -> new AgentError.ToolFailed(message);
            case TIMEOUT -> new AgentError.Timeout(message);
            case STORAGE_FULL -> new AgentError.StorageFull(message);
            case STORAGE_BUSY -> new AgentError.StorageBusy(message);
            case DRAINING -> new AgentError.Draining(message);
            case INTERRUPTED -> new AgentError.Interrupted(message);
            case INTERNAL -> new AgentError.Internal(message);
        };
    }

    private static long number(Map<String, Object> details, String key) {
        return details.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private static double amount(Map<String, Object> details, String key) {
        return details.get(key) instanceof Number number ? number.doubleValue() : 0;
    }

    private static @Nullable Long retryAfterMs(AgentError error) {
        Duration after = null;
        if (error instanceof AgentError.RateLimited limited) {
            after = limited.retryAfter();
        } else if (error instanceof AgentError.ModelUnavailable unavailable) {
            after = unavailable.retryAfter();
        }
        return after == null ? null : after.toMillis();
    }

    private static @Nullable Map<String, Object> details(AgentError error) {
        if (error instanceof AgentError.LimitReached reached) {
            return Map.of("limit", reached.limit(), "value", reached.value());
        }
        if (error instanceof AgentError.BudgetExceeded exceeded) {
            return Map.of(
                    "scope", exceeded.scope(),
                    "measure", exceeded.measure(),
                    "limit", exceeded.limit(),
                    "spent", exceeded.spent());
        }
        if (error instanceof AgentError.ModelRejected rejected && rejected.status() != 0) {
            return Map.of("status", rejected.status());
        }
        if (error instanceof AgentError.Conflict conflict && !conflict.details().isEmpty()) {
            return conflict.details();
        }
        if (error instanceof AgentError.AlreadyResolved resolved
                && !resolved.details().isEmpty()) {
            return resolved.details();
        }
        return null;
    }
}
