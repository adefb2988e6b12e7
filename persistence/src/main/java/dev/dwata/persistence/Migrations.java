package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Brings a database to this version's schema; `PRAGMA user_version` says how far it is. All steps are one
/// transaction, so that an upgrade which is cut short has not happened.
final class Migrations {
    /// The schema of this version.
    static final int LATEST = 5;

    /// "dwat"
    static final int APPLICATION = 0x64776174;

    private final Handle handle;
    private final Path file;
    private final InstantSource clock;
    private final FirstShape firstShape;

    Migrations(Handle handle, Path file, InstantSource clock) {
        this.handle = handle;
        this.file = file;
        this.clock = clock;
        this.firstShape = new FirstShape(handle);
    }

    /// What the file is, all of one moment: another process may be making the database.
    private record State(int version, int application, boolean empty, boolean firstShape) {
        boolean isOurs() {
            return application == APPLICATION || (application == 0 && version == 0 && (empty || firstShape));
        }
    }

    private State state() {
        handle.execute("BEGIN");
        try {
            State state = new State(
                    number("PRAGMA user_version"), number("PRAGMA application_id"), isEmpty(), firstShape.isThere());
            handle.execute("COMMIT");
            return state;
        } catch (RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /// SQLite may have done it, on a broken disk for example.
    private void rollBack(RuntimeException cause) {
        try {
            handle.execute("ROLLBACK");
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /// Changes nothing.
    ///
    /// @throws UnusableDataException if the database is of a later version, or not dwata's
    void check() {
        State state = state();
        if (state.version > LATEST) {
            throw new UnusableDataException(
                    Reason.NEWER_SCHEMA,
                    "the database " + file + " has schema " + state.version
                            + ", written by a later version of dwata; this one knows schemas up to " + LATEST);
        }
        if (!state.isOurs()) {
            throw new UnusableDataException(Reason.DAMAGED, "the file " + file + " is not a database of dwata");
        }
    }

    /// For a file that is itself a copy.
    void runWithoutCopy() {
        if (number("PRAGMA user_version") != LATEST) {
            upgrade();
        }
    }

    void run() {
        State state = state();
        if (state.version == LATEST) {
            return;
        }
        if (!state.empty) {
            keepCopy(state.version);
        }
        upgrade();
    }

    /// An upgrade cannot be taken back, so what was there stays beside it: `db.sqlite3.schema0`. A copy of that
    /// name is whole.
    private void keepCopy(int version) {
        Path copy = file.resolveSibling(file.getFileName() + ".schema" + version);
        if (Files.exists(copy)) {
            return;
        }
        try (Draft draft = Draft.of(copy)) {
            handle.execute("VACUUM INTO ?", draft.path().toString());
            draft.publish();
        } catch (IOException e) {
            throw new UnusableDataException(
                    Reason.CANNOT_CREATE, "the copy " + copy + " of the database cannot be made: " + e.getMessage(), e);
        }
    }

    /// All steps in one transaction. Another process may be here at the same time: whoever comes second finds
    /// nothing to do.
    private void upgrade() {
        handle.execute("BEGIN IMMEDIATE");
        try {
            int version = number("PRAGMA user_version");
            boolean first = version == 0;
            boolean older = first && firstShape.isThere();
            if (older) {
                firstShape.moveAside();
            }
            for (int step = version + 1; step <= LATEST; step++) {
                script("schema-" + step + ".sql");
            }
            if (first) {
                handle.execute("PRAGMA application_id=" + APPLICATION);
                handle.execute(
                        "INSERT INTO meta (only_row, instance_id, created_at) VALUES (1, ?, ?)",
                        UUID.randomUUID().toString(),
                        clock.millis());
            }
            if (older) {
                firstShape.takeIn(new Transaction(handle, new LogRows(handle), clock));
            }
            handle.execute("PRAGMA user_version=" + LATEST);
            handle.execute("COMMIT");
        } catch (RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    private void script(String name) {
        try (InputStream resource = Objects.requireNonNull(Migrations.class.getResourceAsStream(name), name);
                Statement statement = handle.getConnection().createStatement()) {
            statement.executeUpdate(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("schema script " + name + " failed: " + e.getMessage(), e);
        }
    }

    /// Which database this is; absent for one that is not one of dwata, or of before there were such ids.
    @Nullable
    String instance() {
        boolean has = number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'meta'") > 0;
        return has
                ? handle.createQuery("SELECT instance_id FROM meta")
                        .map((row, context) -> row.getString(1))
                        .findOne()
                        .orElse(null)
                : null;
    }

    private boolean isEmpty() {
        return number("SELECT count(*) FROM sqlite_schema") == 0;
    }

    private int number(String query) {
        return handle.createQuery(query).map((row, context) -> row.getInt(1)).one();
    }
}
