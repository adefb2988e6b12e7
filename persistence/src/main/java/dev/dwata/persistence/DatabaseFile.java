package dev.dwata.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The file that a store has open, and whether it still is the one of that name: SQLite would go on writing,
/// and say that all is well, into one that was deleted.
final class DatabaseFile {
    private final Path path;
    private final @Nullable Object key;

    private DatabaseFile(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /// Takes the file that has the name now for the one that is open. Where files have no keys (Windows) one
    /// that is open cannot be moved either.
    static DatabaseFile at(Path path) throws IOException {
        return new DatabaseFile(path, key(path));
    }

    Path path() {
        return path;
    }

    boolean isInPlace() {
        try {
            return key == null || key.equals(key(path));
        } catch (IOException e) {
            return false;
        }
    }

    /// Bytes that the disk has left for us.
    long usableSpace() {
        return path.toFile().getUsableSpace();
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
