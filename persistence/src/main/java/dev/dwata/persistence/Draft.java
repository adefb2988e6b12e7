package dev.dwata.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file in the making. It gets its name when it is whole and on the disk, or never: whoever finds a file of
/// that name may rely on it. What a process that was killed leaves is called `.<name>.<uuid>.part`.
final class Draft implements AutoCloseable {
    static final String SUFFIX = ".part";

    private static final Logger LOG = LoggerFactory.getLogger(Draft.class);

    private final Path target;
    private final Path path;

    private Draft(Path target, Path path) {
        this.target = target;
        this.path = path;
    }

    /// Makes it, empty and for its owner only, in the target's folder.
    static Draft of(Path target) throws IOException {
        Path path = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + SUFFIX);
        PrivateFiles.createFile(path);
        return new Draft(target, path);
    }

    Path path() {
        return path;
    }

    /// Gives it its name, in place of what has that name now.
    void publish() throws IOException {
        force();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(target);
    }

    /// Gives it its name if nothing has it.
    ///
    /// @throws FileAlreadyExistsException if something has
    void publishAsNew() throws IOException {
        force();
        try {
            Files.createLink(target, path);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            Files.move(path, target); // a file system without links
        }
        forceFolder(target);
    }

    /// Gives it another name in a folder of the same disk, if nothing has that; what has it is as good. It must
    /// be on the disk ([#force]).
    void publishUnless(Path existing) throws IOException {
        if (!Files.exists(existing)) {
            try {
                Files.createLink(existing, path);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("{} was made in the meantime", existing);
            } catch (UnsupportedOperationException | IOException e) {
                Files.move(path, existing, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            forceFolder(existing);
        }
    }

    /// On the disk, with its length.
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Sees to it that the names in the folder of `file` are on the disk.
    static void forceFolder(Path file) {
        try (FileChannel folder = FileChannel.open(file.resolveSibling(".").normalize(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.debug("the folder of {} was not forced to the disk; not every system can", file, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", path, e.toString());
        }
    }
}
