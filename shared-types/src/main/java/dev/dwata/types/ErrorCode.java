package dev.dwata.types;

/// The names of errors, the same on every door. New ones may be added; a receiver treats one it does not know
/// as [#INTERNAL].
public enum ErrorCode {
    INVALID_REQUEST,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    CONFLICT,
    ALREADY_RESOLVED,
    IDEMPOTENCY_CONFLICT,
    RATE_LIMITED,
    TOO_LARGE,
    UNSUPPORTED,
    MODEL_NOT_CONFIGURED,
    MODEL_REJECTED,
    MODEL_UNAVAILABLE,
    CONTEXT_OVERFLOW,
    STREAM_INCOMPLETE,
    LIMIT_REACHED,
    BUDGET_EXCEEDED,
    TOOL_FAILED,
    TIMEOUT,
    STORAGE_FULL,
    STORAGE_BUSY,
    DRAINING,
    INTERRUPTED,
    INTERNAL
}
