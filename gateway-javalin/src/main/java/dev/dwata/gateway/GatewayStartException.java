package dev.dwata.gateway;

import org.jspecify.annotations.Nullable;

/// A gateway could not be started; the message is one sentence for a person.
public final class GatewayStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// What stood in the way.
    public enum Reason {
        /// What was configured is not allowed, or is nonsense: another try fails in the same way.
        CONFIGURATION,
        /// The address is taken by another process, or may not be used.
        ADDRESS
    }

    GatewayStartException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
