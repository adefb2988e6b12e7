package dev.dwata.types;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why something could not be done. Data, so that it can be stored, sent and switched over; code that must
/// unwind throws [AgentException], which carries one of these.
public sealed interface AgentError {

    /// One sentence for a person, naming what was wrong. Never parsed.
    String message();

    /// What was asked is not a valid request.
    record InvalidRequest(String message) implements AgentError {}

    record Unauthenticated(String message) implements AgentError {}

    record Forbidden(String message) implements AgentError {}

    record NotFound(String message) implements AgentError {}

    /// It does not fit the present state.
    ///
    /// @param details what the present state is
    record Conflict(String message, Map<String, Object> details) implements AgentError {
        public Conflict {
            details = Map.copyOf(details);
        }

        public Conflict(String message) {
            this(message, Map.of());
        }
    }

    /// Somebody else has answered before, or it is too late.
    ///
    /// @param details what became of it: `{decision, by?}`
    record AlreadyResolved(String message, Map<String, Object> details) implements AgentError {
        public AlreadyResolved {
            details = Map.copyOf(details);
        }
    }

    /// The idempotency key was used before, with another payload.
    record IdempotencyConflict(String message) implements AgentError {}

    record RateLimited(String message, @Nullable Duration retryAfter) implements AgentError {}

    record TooLarge(String message) implements AgentError {}

    record Unsupported(String message) implements AgentError {}

    /// The model's provider has no key or address configured.
    record ModelNotConfigured(String message) implements AgentError {}

    /// The provider refused the request as written: sending it again fails again.
    ///
    /// @param status the HTTP status, 0 where there was none
    record ModelRejected(String message, int status) implements AgentError {}

    /// The provider is busy, limited or unreachable, and nothing of its answer was seen.
    ///
    /// @param retryAfter when the provider wants to be asked again; absent where it did not say
    record ModelUnavailable(String message, @Nullable Duration retryAfter) implements AgentError {}

    record ContextOverflow(String message) implements AgentError {}

    /// The model's answer was cut off after some of it had been seen. None of it counts.
    record StreamIncomplete(String message) implements AgentError {}

    /// A run met one of its limits.
    ///
    /// @param limit the name of the limit, for example `maxTurns`
    /// @param value its value
    record LimitReached(String message, String limit, long value) implements AgentError {}

    /// What comes next is not within a budget.
    ///
    /// @param scope   for what the budget counts: `run`, `session`, `owner`, `day`
    /// @param measure `tokens`, `usd`, `toolCalls`, `seconds`
    /// @param limit   in the unit of the measure
    /// @param spent   of it so far
    record BudgetExceeded(String message, String scope, String measure, double limit, double spent)
            implements AgentError {}

    record ToolFailed(String message) implements AgentError {}

    record Timeout(String message) implements AgentError {}

    record StorageFull(String message) implements AgentError {}

    record StorageBusy(String message) implements AgentError {}

    record Draining(String message) implements AgentError {}

    /// The process ended while this was under way.
    record Interrupted(String message) implements AgentError {}

    /// A defect of dwata's own; its log has the details.
    record Internal(String message) implements AgentError {}

    default ErrorCode code() {
        return switch (this) {
            case InvalidRequest e -> ErrorCode.INVALID_REQUEST;
            case Unauthenticated e -> ErrorCode.UNAUTHENTICATED;
            case Forbidden e -> ErrorCode.FORBIDDEN;
            case NotFound e -> ErrorCode.NOT_FOUND;
            case Conflict e -> ErrorCode.CONFLICT;
            case AlreadyResolved e -> ErrorCode.ALREADY_RESOLVED;
            case IdempotencyConflict e -> ErrorCode.IDEMPOTENCY_CONFLICT;
            case RateLimited e -> ErrorCode.RATE_LIMITED;
            case TooLarge e -> ErrorCode.TOO_LARGE;
            case Unsupported e -> ErrorCode.UNSUPPORTED;
            case ModelNotConfigured e -> ErrorCode.MODEL_NOT_CONFIGURED;
            case ModelRejected e -> ErrorCode.MODEL_REJECTED;
            case ModelUnavailable e -> ErrorCode.MODEL_UNAVAILABLE;
            case ContextOverflow e -> ErrorCode.CONTEXT_OVERFLOW;
            case StreamIncomplete e -> ErrorCode.STREAM_INCOMPLETE;
            case LimitReached e -> ErrorCode.LIMIT_REACHED;
            case BudgetExceeded e -> ErrorCode.BUDGET_EXCEEDED;
            case ToolFailed e -> ErrorCode.TOOL_FAILED;
            case Timeout e -> ErrorCode.TIMEOUT;
            case StorageFull e -> ErrorCode.STORAGE_FULL;
            case StorageBusy e -> ErrorCode.STORAGE_BUSY;
            case Draining e -> ErrorCode.DRAINING;
            case Interrupted e -> ErrorCode.INTERRUPTED;
            case Internal e -> ErrorCode.INTERNAL;
        };
    }

    /// Whether the same request may succeed later.
    default boolean retryable() {
        return switch (code()) {
            case RATE_LIMITED,
                    MODEL_UNAVAILABLE,
                    STREAM_INCOMPLETE,
                    TIMEOUT,
                    STORAGE_FULL,
                    STORAGE_BUSY,
                    DRAINING,
                    INTERRUPTED -> true;
            case INVALID_REQUEST,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    CONFLICT,
                    ALREADY_RESOLVED,
                    IDEMPOTENCY_CONFLICT,
                    TOO_LARGE,
                    UNSUPPORTED,
                    MODEL_NOT_CONFIGURED,
                    MODEL_REJECTED,
                    CONTEXT_OVERFLOW,
                    LIMIT_REACHED,
                    BUDGET_EXCEEDED,
                    TOOL_FAILED,
                    INTERNAL -> false;
        };
    }
}
