package dev.dwata.persistence;

import dev.dwata.agent.store.Audit;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.Principal;
import java.util.List;

final class SqliteAudit implements Audit {
    private static final int MOST = 1_000;

    private final Readers readers;

    SqliteAudit(Readers readers) {
        this.readers = readers;
    }

    @Override
    public List<AuditEntry> of(Principal owner, String toolCallId) {
        return readers.read(handle -> handle.createQuery("SELECT " + AuditRows.COLUMNS
                                + " FROM audit WHERE tool_call_id = ? AND +owner = ? ORDER BY id DESC LIMIT ?")
                        .bind(0, toolCallId)
                        .bind(1, owner.id())
                        .bind(2, MOST)
                        .map((row, context) -> AuditRows.entry(row))
                        .list())
                .reversed();
    }

    @Override
    public List<AuditEntry> latest(Principal owner, int limit) {
        return readers.read(handle -> handle.createQuery(
                        "SELECT " + AuditRows.COLUMNS + " FROM audit WHERE owner = ? ORDER BY id DESC LIMIT ?")
                .bind(0, owner.id())
                .bind(1, limit)
                .map((row, context) -> AuditRows.entry(row))
                .list());
    }
}
