package dev.dwata.types;

import org.jspecify.annotations.Nullable;

/// Carries an [AgentError] out of code that cannot go on. The only exception of dwata's own that callers need
/// to know.
public class AgentException extends RuntimeException {
    private final transient AgentError error;

    public AgentException(AgentError error) {
        this(error, null);
    }

    public AgentException(AgentError error, @Nullable Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    public AgentError error() {
        return error;
    }
}
