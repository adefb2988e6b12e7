package dev.dwata.mcp;

import org.jspecify.annotations.Nullable;

/// A server cannot be used. The message says which, and why.
public final class McpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    McpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// As [#getMessage].
    public String said() {
        return String.valueOf(getMessage());
    }
}
