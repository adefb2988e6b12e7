package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// Makes a copy readable of a database of which nothing can be read: the first bytes of the file are known, and
/// so is, in one that this version has made, which pages say where the tables are.
final class Mending {
    private final Path damaged;
    private final InstantSource clock;

    Mending(Path damaged, InstantSource clock) {
        this.damaged = damaged;
        this.clock = clock;
    }

    /// @param readable whether enough was mended
    /// @param work     what to do with the copy
    /// @throws UnusableDataException if nothing helps
    <T> T tryOn(Predicate<Path> readable, Function<Path, T> work) throws IOException {
        for (boolean schema : new boolean[] {false, true}) {
            try (Draft copy = Draft.of(damaged)) {
                try {
                    take(copy.path());
                    if (schema) {
                        graft(copy.path());
                    }
                    Header.mend(copy.path(), Migrations.APPLICATION, Migrations.LATEST);
                    if (readable.test(copy.path())) {
                        return work.apply(copy.path());
                    }
                } finally {
                    deleteLog(copy.path());
                }
            }
        }
        throw new UnusableDataException(
                Reason.DAMAGED,
                "nothing can be read of " + damaged
                        + "; it was left as it is: 'dwata restore FILE' brings back a backup");
    }

    private void take(Path copy) throws IOException {
        Files.copy(damaged, copy, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.createFile(copy);
        Path log = damaged.resolveSibling(damaged.getFileName() + "-wal");
        if (Files.exists(log)) {
            Files.copy(log, copy.resolveSibling(copy.getFileName() + "-wal"));
        }
    }

    /// Puts in the schema's pages of a database that was just made.
    private void graft(Path copy) throws IOException {
        try (Draft fresh = Draft.of(damaged)) {
            List<Long> pages;
            try (Handle handle = new Connections(fresh.path()).openWriter()) {
                new Migrations(handle, fresh.path(), clock).runWithoutCopy();
                pages = handle.createQuery("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
                        .map((row, context) -> row.getLong(1))
                        .list();
            }
            try (FileChannel from = FileChannel.open(fresh.path(), StandardOpenOption.READ);
                    FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                for (long page : pages) {
                    ByteBuffer content = ByteBuffer.allocate(Header.PAGE);
                    from.read(content, (page - 1) * Header.PAGE);
                    content.flip();
                    to.write(content, (page - 1) * Header.PAGE);
                }
            }
        }
    }

    private static void deleteLog(Path copy) throws IOException {
        for (String suffix : List.of("-wal", "-shm")) {
            Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + suffix));
        }
    }
}
