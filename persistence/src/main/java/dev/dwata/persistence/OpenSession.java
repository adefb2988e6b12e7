package dev.dwata.persistence;

import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;

/// A session as a transaction sees it.
final class OpenSession {
    /// Of its row.
    final long key;

    final SessionId id;
    final Principal owner;

    /// The number of its latest entry, those of this transaction included.
    long head;

    OpenSession(long key, SessionId id, Principal owner, long head) {
        this.key = key;
        this.id = id;
        this.owner = owner;
        this.head = head;
    }
}
