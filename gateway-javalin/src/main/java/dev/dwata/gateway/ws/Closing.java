package dev.dwata.gateway.ws;

/// The codes that the gateway closes a connection with (RFC 6455, 7.4, and the protocol's own).
final class Closing {
    static final int GOING_AWAY = 1001;
    static final int NOT_TEXT = 1003;
    static final int INTERNAL = 1011;
    static final int TRY_AGAIN = 1013;
    /// Not `connect` first, or not JSON.
    static final int BAD_FRAME = 4400;
    static final int NOT_AUTHENTICATED = 4401;
    static final int UNKNOWN_VERSION = 4406;

    private Closing() {}
}
