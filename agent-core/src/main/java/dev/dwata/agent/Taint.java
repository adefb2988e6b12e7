package dev.dwata.agent;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Whether a session holds what others have written, so that what its model wants may be what they want.
final class Taint {
    private final BooleanSupplier stored;
    private @Nullable Boolean tainted;

    /// @param stored whether the store knows of such a thing; asked once, when it matters
    Taint(BooleanSupplier stored) {
        this.stored = stored;
    }

    synchronized boolean isTainted() {
        if (tainted == null) {
            tainted = stored.getAsBoolean();
        }
        return tainted;
    }

    synchronized void mark() {
        tainted = true;
    }
}
