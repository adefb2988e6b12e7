package dev.dwata.gateway.command;

/// A command was not written as it should be; the message tells a person how.
final class BadUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadUse(String message) {
        super(message);
    }
}
