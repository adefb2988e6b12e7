package dev.dwata.persistence;

import dev.dwata.types.RunId;
import org.jspecify.annotations.Nullable;

/// A run as a transaction sees it.
final class OpenRun {
    /// Of its row.
    final long key;

    final RunId id;

    /// Of its session's row.
    final long session;

    final long epoch;

    /// The public id of the run at the beginning of those that made it; its own where none did.
    final String root;

    /// The public id of the root's session; absent where it is this one's.
    final @Nullable String rootSession;

    boolean over;

    /// One that works for none.
    OpenRun(long key, RunId id, long session, long epoch, boolean over) {
        this(key, id, session, epoch, over, id.value(), null);
    }

    OpenRun(long key, RunId id, long session, long epoch, boolean over, String root, @Nullable String rootSession) {
        this.key = key;
        this.id = id;
        this.session = session;
        this.epoch = epoch;
        this.over = over;
        this.root = root;
        this.rootSession = rootSession;
    }
}
