package dev.dwata.persistence;

import dev.dwata.agent.store.AuditChain;
import dev.dwata.types.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The audit of a damaged database, as far as it can be read. What the logs tell of it anew is not taken: it
/// would say less.
final class RebuiltAudit {
    private final Handle handle;
    private final Losses losses;

    /// @param handle of the new database, whose audit is emptied
    RebuiltAudit(Handle handle, Losses losses) {
        this.handle = handle;
        this.losses = losses;
        handle.execute("DELETE FROM audit");
        handle.execute("DELETE FROM sqlite_sequence WHERE name = 'audit'");
    }

    void add(SavedRow row) {
        if (row.value("what") == null) { // as it was before lines were chained
            row.put("what", row.value("outcome")).put("principal", row.value("owner"));
        }
        if (!row.insert(handle, "audit")) {
            losses.add("table audit: a row makes no sense and is left out");
        }
    }

    /// Chains anew what follows a line that is lost, or was changed; that it had to be is a loss.
    void chain() {
        List<AuditEntry> changed = new ArrayList<>();
        AtomicReference<@Nullable String> before = new AtomicReference<>();
        handle.createQuery("SELECT " + AuditRows.COLUMNS + " FROM audit ORDER BY id")
                .map((row, context) -> AuditRows.entry(row))
                .forEach(entry -> before.set(next(before.get(), entry, changed)));
        if (!changed.isEmpty()) {
            losses.add("the audit: what is before entry " + changed.get(0).number()
                    + " is lost, or was changed; from there on its entries are chained anew");
        }
        changed.forEach(
                entry -> handle.execute("UPDATE audit SET hash = ? WHERE id = ?", entry.hash(), entry.number()));
    }

    /// @return its hash
    private static @Nullable String next(@Nullable String before, AuditEntry entry, List<AuditEntry> changed) {
        if (before == null && entry.hash() == null) {
            return null;
        }
        AuditEntry chained = AuditChain.rechained(before, entry);
        if (!Objects.equals(chained.hash(), entry.hash())) {
            changed.add(chained);
        }
        return chained.hash();
    }
}
