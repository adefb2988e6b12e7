package dev.dwata.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `db.sqlite3.sealed`: size and time of a database when its last store let go of it. One that looks
/// otherwise now was changed by something else, and is looked at closely before it is used.
final class Seal {
    private static final Logger LOG = LoggerFactory.getLogger(Seal.class);

    private final Path database;
    private final Path file;

    private Seal(Path database) {
        this.database = database;
        this.file = database.resolveSibling(database.getFileName() + ".sealed");
    }

    static Seal on(Path database) {
        return new Seal(database);
    }

    boolean isIntact() {
        try {
            return Files.readString(file).equals(look());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            LOG.debug("{} could not be read", file, e);
            return false;
        }
    }

    /// Needs no force: without it the next store looks closely, that is all.
    void set() {
        try (Draft draft = Draft.of(file)) {
            Files.writeString(draft.path(), look());
            Files.move(draft.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("{} was not written", file, e);
        }
    }

    private String look() throws IOException {
        BasicFileAttributes now = Files.readAttributes(database, BasicFileAttributes.class);
        return now.size() + " " + now.lastModifiedTime() + "\n";
    }
}
