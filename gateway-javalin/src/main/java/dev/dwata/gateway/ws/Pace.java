package dev.dwata.gateway.ws;

import java.util.function.LongSupplier;

/// Lets so many pass in a second, and after a pause some more at once. Used by one thread.
final class Pace {
    private final LongSupplier nanoTime;
    private final long each;
    private final long saved;
    private long due;

    /// @param perSecond in the long run
    /// @param atOnce    how many do not wait, after a pause
    Pace(int perSecond, int atOnce, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.each = 1_000_000_000L / perSecond;
        this.saved = each * atOnce;
        this.due = nanoTime.getAsLong() - saved;
    }

    /// Counts one more.
    ///
    /// @return how long it has to wait, in nanoseconds
    long next() {
        long now = nanoTime.getAsLong();
        due = Math.max(due - now, -saved) + now + each;
        return Math.max(0, due - now);
    }
}
