package dev.dwata.persistence;

import dev.dwata.agent.store.AuditChain;
import dev.dwata.types.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Follows the chain of the audit to the first entry that is not as it was written.
final class AuditLook {
    private final Handle handle;
    private long last;
    private @Nullable String hash;
    private @Nullable String problem;

    AuditLook(Handle handle) {
        this.handle = handle;
    }

    /// @return what is wrong, in words; absent: nothing
    @Nullable
    String problem() {
        handle.createQuery("SELECT " + AuditRows.COLUMNS + " FROM audit ORDER BY id")
                .map((row, context) -> {
                    take(row);
                    return last;
                })
                .forEach(number -> {});
        if (problem == null) {
            lookAtTheEnd();
        }
        return problem;
    }

    private void take(ResultSet row) throws SQLException {
        last = row.getLong("id");
        if (problem != null) {
            return;
        }
        String own = row.getString("hash");
        if (hash == null && own == null) {
            return; // of before they were chained
        }
        if (!isIntact(row)) {
            problem = "entry " + last + " of the audit is not as it was written, or one before it is missing";
        }
        hash = own;
    }

    private boolean isIntact(ResultSet row) throws SQLException {
        AuditEntry entry;
        try {
            entry = AuditRows.entry(row);
        } catch (IllegalArgumentException | NullPointerException e) {
            return false;
        }
        return AuditChain.isIntact(hash, entry);
    }

    /// Numbers are not given twice, so the highest ever given is known.
    private void lookAtTheEnd() {
        handle.createQuery("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
                .map((row, context) -> row.getLong(1))
                .findOne()
                .filter(given -> given > last)
                .ifPresent(
                        given -> problem = "the audit ends with entry " + last + " and has had " + given + " entries");
    }
}
