package dev.dwata.mcp;

import java.time.Duration;

/// Times as people read them.
final class Seconds {
    private Seconds() {}

    static String of(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
