package dev.dwata.mcp;

/// A server did not do what it should have. The message is for people and models, and begins with the server.
final class ServerFailure extends Exception {
    private static final long serialVersionUID = 1;

    ServerFailure(String message) {
        super(message);
    }

    ServerFailure(String message, Throwable cause) {
        super(message, cause);
    }

    String said() {
        return String.valueOf(getMessage());
    }
}
