package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.JDBC;

/// Opens connections to one database file, all set up in the same way.
final class Connections {
    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(10);

    /// Before it, two connections that checkpoint at once could damage the file
    /// (sqlite.org/wal.html, "The WAL-Reset Bug", read 2026-11-21).
    private static final int OLDEST_SQLITE = version(3, 51, 3);

    private static final int PATIENCE_MILLIS = 5000;

    private static final List<String> PRAGMAS = List.of(
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "mmap_size=0",
            "journal_size_limit=67108864",
            "wal_autocheckpoint=0", // Chores do it, where a failure shows
            "temp_store=MEMORY");

    private final String url;
    private final int patienceMillis;

    Connections(Path file) {
        this(file, PATIENCE_MILLIS);
    }

    /// @param patienceMillis how long a connection waits where another program has locked the database
    Connections(Path file, int patienceMillis) {
        this.url =
                "jdbc:sqlite:" + file.toAbsolutePath().toUri().toASCIIString().replaceFirst("^file:/+", "file:///");
        this.patienceMillis = patienceMillis;
    }

    /// Does not write anything by itself, and does not make the file.
    Handle openWriter() {
        return open("rw", "query_only=OFF");
    }

    Handle openReader() {
        return open("rw", "query_only=ON");
    }

    /// Leaves the files as they are, to the last byte: unlike others it does not move the write-ahead log into
    /// the database when it is closed. Needs a database that no rollback journal is to be applied to.
    Handle openToLook() {
        return open("ro", "query_only=OFF"); // which would forbid copying it, too
    }

    /// Has the database keep a write-ahead log from now on, which changes the file.
    static void writeAhead(Handle handle) {
        String mode = modeOf(handle);
        if (!mode.equalsIgnoreCase("wal")) {
            throw new UnusableDataException(
                    Reason.UNSUPPORTED_SYSTEM,
                    "the database needs a file system where SQLite can keep a write-ahead log, not one where its"
                            + " journal is '" + mode + "'");
        }
    }

    /// SQLite does not wait here for another process that makes the same change of a new file, so this does.
    private static String modeOf(Handle handle) {
        long deadline = System.nanoTime() + BUSY.toNanos();
        while (true) {
            try {
                return handle.createQuery("PRAGMA journal_mode=WAL")
                        .map((row, context) -> row.getString(1))
                        .one();
            } catch (RuntimeException e) {
                if (!StorageErrors.isLocked(e)
                        || System.nanoTime() > deadline
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
    }

    private Handle open(String mode, String last) {
        Handle handle = Jdbi.create(() -> connect(mode, last)).open();
        // Statements are put together of parts; what is bound may be for a part that is not there.
        handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return handle.setStatementBuilder(new KeptStatements());
    }

    private Connection connect(String mode, String last) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc.get_generated_keys", "false"); // else each insert is followed by a question
        Connection connection = JDBC.createConnection(url + "?mode=" + mode, settings);
        try (Statement statement = connection.createStatement()) {
            checkVersion(statement);
            statement.execute("PRAGMA busy_timeout=" + patienceMillis);
            for (String pragma : PRAGMAS) {
                statement.execute("PRAGMA " + pragma);
            }
            statement.execute("PRAGMA " + last);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void checkVersion(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT sqlite_version()")) {
            rows.next();
            String found = rows.getString(1);
            String[] parts = found.split("\\.", -1);
            int version = version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            if (version < OLDEST_SQLITE) {
                throw new UnusableDataException(
                        Reason.UNSUPPORTED_SYSTEM, "SQLite must be 3.51.3 or newer, not " + found);
            }
        }
    }

    private static int version(int major, int minor, int patch) {
        return (major * 1000 + minor) * 1000 + patch;
    }
}
