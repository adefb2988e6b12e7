package dev.dwata.persistence;

import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.Children;
import dev.dwata.persistence.Job.Safety;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What is written survives the end of this process, and need not survive a loss of power: no child does.
final class SqliteChildren implements Children {
    private final Writer writer;
    private final Readers readers;
    private final Instances instances;

    SqliteChildren(Writer writer, Readers readers, Instances instances) {
        this.writer = writer;
        this.readers = readers;
        this.instances = instances;
    }

    @Override
    public void put(Child child) {
        writer.call(
                Safety.COMMITTED,
                transaction -> transaction
                        .handle
                        .createUpdate("""
                                INSERT OR REPLACE INTO children (marker, instance, program, pid, started_at)
                                VALUES (:marker, :own, :program, :pid, :started)""")
                        .bind("marker", child.marker())
                        .bind("own", instances.own())
                        .bind("program", child.program())
                        .bind("pid", child.pid())
                        .bind(
                                "started",
                                child.startedAt() == null
                                        ? null
                                        : Long.valueOf(child.startedAt().toEpochMilli()))
                        .execute());
    }

    @Override
    public void remove(String marker) {
        writer.call(
                Safety.COMMITTED,
                transaction -> transaction.handle.execute("DELETE FROM children WHERE marker = ?", marker));
    }

    @Override
    public List<Child> adopt() {
        List<Child> adopted = new ArrayList<>();
        List<String> others =
                readers.read(handle -> handle.createQuery("SELECT DISTINCT instance FROM children WHERE instance <> ?")
                        .bind(0, instances.own())
                        .map((row, context) -> row.getString(1))
                        .list());
        for (String other : others) {
            instances.ifGone(other, () -> adopted.addAll(take(other)));
        }
        return List.copyOf(adopted);
    }

    private List<Child> take(String other) {
        return writer.call(
                Safety.COMMITTED,
                transaction -> transaction
                        .handle
                        .createQuery("UPDATE children SET instance = :own WHERE instance = :other"
                                + " RETURNING marker, program, pid, started_at")
                        .bind("own", instances.own())
                        .bind("other", other)
                        .map((row, context) -> child(row))
                        .list());
    }

    private static Child child(ResultSet row) throws SQLException {
        return row.getObject("pid") == null
                ? new Child(row.getString("marker"), row.getString("program"))
                : new Child(
                        row.getString("marker"),
                        row.getString("program"),
                        row.getLong("pid"),
                        Rows.time(row, "started_at"));
    }
}
