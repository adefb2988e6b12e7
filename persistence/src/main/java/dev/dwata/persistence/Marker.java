package dev.dwata.persistence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file `db.sqlite3.initialized`: there is a database beside it, and which one. It tells a database that
/// has vanished from one that never was, so that nobody starts anew, in silence, where there was something.
final class Marker {
    private static final int MOST_BYTES = 4096;

    private final Path database;
    private final Path file;

    private Marker(Path database) {
        this.database = database;
        this.file = database.resolveSibling(database.getFileName() + ".initialized");
    }

    static Marker beside(Path database) {
        return new Marker(database);
    }

    Path file() {
        return file;
    }

    Path database() {
        return database;
    }

    /// The database's instance id; blank if the file does not say, absent if there is no file.
    @Nullable
    String instance() throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /// Returns when it would survive a loss of power.
    void write(String instance) throws IOException {
        try (Draft draft = Draft.of(file)) {
            Files.writeString(draft.path(), instance + "\n");
            draft.publish();
        }
    }
}
