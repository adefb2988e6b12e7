package dev.dwata.agent.process;

import java.util.UUID;

/// What a child, and all that it starts, have in their environment.
final class Marker {
    static final String NAME = "DWATA_CHILD";

    private Marker() {}

    static String create() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
