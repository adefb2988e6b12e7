package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.JDBC;

/// Opens connections to one database file, all set up in the same way.
final class Connections {
    /// Before it, two connections that checkpoint at once could damage the file
    /// (sqlite.org/wal.html, "The WAL-Reset Bug", read 2026-11-21).
    private static final int OLDEST_SQLITE = version(3, 51, 3);

    private static final List<String> PRAGMAS = List.of(
            "busy_timeout=5000",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "mmap_size=0",
            "journal_size_limit=67108864",
            "wal_autocheckpoint=4000",
            "temp_store=MEMORY");

    private final String url;

    Connections(Path file) {
        url = "jdbc:sqlite:" + file.toUri().toASCIIString().replaceFirst("^file:/+", "file:///");
    }

    /// Does not write anything by itself.
    Handle openWriter() {
        return open("query_only=OFF");
    }

    Handle openReader() {
        return open("query_only=ON");
    }

    /// Has the database keep a write-ahead log from now on, which changes the file.
    static void writeAhead(Handle handle) {
        String mode = handle.createQuery("PRAGMA journal_mode=WAL")
                .map((row, context) -> row.getString(1))
                .one();
        if (!mode.equalsIgnoreCase("wal")) {
            throw new UnusableDataException(
                    Reason.UNSUPPORTED_SYSTEM,
                    "the database needs a file system where SQLite can keep a write-ahead log, not one where its"
                            + " journal is '" + mode + "'");
        }
    }

    private Handle open(String last) {
        Handle handle = Jdbi.create(() -> connect(last)).open();
        // Statements are put together of parts; what is bound may be for a part that is not there.
        handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return handle.setStatementBuilder(new KeptStatements());
    }

    private Connection connect(String last) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc.get_generated_keys", "false"); // else each insert is followed by a question
        Connection connection = JDBC.createConnection(url, settings);
        try (Statement statement = connection.createStatement()) {
            checkVersion(statement);
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
