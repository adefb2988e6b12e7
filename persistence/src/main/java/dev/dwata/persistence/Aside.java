package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves what a database was out of the way, and deletes nothing: `db.sqlite3.damaged-<time>`, with its log.
final class Aside {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> LOG = List.of("-wal", "-shm");

    private Aside() {}

    /// @throws UnusableDataException if a store is open on the database, in whichever process
    static void refuseInUse(Path database) throws IOException {
        if (Instances.others(database.resolveSibling("instances"), "").areAlive()) {
            throw new UnusableDataException(
                    Reason.IN_USE, "the database " + database + " is in use; stop all of dwata on its folder first");
        }
    }

    /// The database's file and its log.
    ///
    /// @return where the file is now
    static Path move(Path database, Instant now) throws IOException {
        Path damaged = database.resolveSibling(database.getFileName() + ".damaged-" + TIME.format(now));
        Files.move(database, damaged);
        moveLog(database, damaged);
        Draft.forceFolder(database);
        return damaged;
    }

    /// What was moved aside last and by whom nothing was put in its place; absent: nothing was.
    static @Nullable Path latest(Path database) throws IOException {
        Path latest = null;
        try (var files = Files.newDirectoryStream(
                database.resolveSibling(".").normalize(), database.getFileName() + ".damaged-*Z")) {
            for (Path file : files) {
                latest = latest == null || file.compareTo(latest) > 0 ? file : latest;
            }
        }
        if (latest != null && !Files.exists(sibling(latest, "-wal"))) {
            moveLog(database, latest); // as it was cut off
        }
        return latest;
    }

    /// A log that is left of another database would be taken for this one's.
    static void moveLogAside(Path database) throws IOException {
        Path log = sibling(database, "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            moveLog(database, database.resolveSibling(database.getFileName() + ".left-" + TIME.format(Instant.now())));
        }
        for (String suffix : LOG) {
            Files.deleteIfExists(sibling(database, suffix));
        }
    }

    private static void moveLog(Path from, Path to) throws IOException {
        for (String suffix : LOG) {
            if (Files.exists(sibling(from, suffix))) {
                Files.move(sibling(from, suffix), sibling(to, suffix));
            }
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
