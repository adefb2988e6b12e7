package dev.dwata.persistence;

import dev.dwata.types.RunId;

/// A run as a transaction sees it.
final class OpenRun {
    /// Of its row.
    final long key;

    final RunId id;

    /// Of its session's row.
    final long session;

    final long epoch;

    boolean over;

    OpenRun(long key, RunId id, long session, long epoch, boolean over) {
        this.key = key;
        this.id = id;
        this.session = session;
        this.epoch = epoch;
        this.over = over;
    }
}
