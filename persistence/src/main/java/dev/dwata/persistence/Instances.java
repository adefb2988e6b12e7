package dev.dwata.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stores that are open on one database, in this process and in others. Each holds a lock on a file of its
/// own for as long as it lives; the operating system lets go of it however the process ends.
///
/// An instance's name begins with its process, `<pid>-<start time>-`: in its own process a lock must not be
/// tried, because closing the file again would drop it (POSIX drops all of a process's locks on a file with any
/// close).
final class Instances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
    private static final int MOST_ATTEMPTS = 100;
    private static final String SUFFIX = ".lock";

    private final Path folder;
    private final String process;
    private final String own;
    private final FileChannel channel;

    private Instances(Path folder, String process, String own, FileChannel channel) {
        this.folder = folder;
        this.process = process;
        this.own = own;
        this.channel = channel;
    }

    /// Joins the stores of the database.
    ///
    /// @param folder for the lock files; made if missing
    static Instances join(Path folder) throws IOException {
        PrivateFiles.createFolder(folder);
        String process = process();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            String own = process + UUID.randomUUID();
            Path file = folder.resolve(own + SUFFIX);
            PrivateFiles.createFile(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            // Somebody who sweeps may have seen the file unlocked and taken it away: then again.
            if (channel.tryLock() != null && Files.exists(file)) {
                return new Instances(folder, process, own, channel);
            }
            channel.close();
        }
        throw new IOException("no lock file could be made in " + folder);
    }

    /// Where a process does not tell when it started, no other store passes for one of the same process.
    private static String process() {
        ProcessHandle process = ProcessHandle.current();
        String started = process.info()
                .startInstant()
                .map(start -> Long.toString(start.toEpochMilli()))
                .orElseGet(() -> UUID.randomUUID().toString());
        return process.pid() + "-" + started + "-";
    }

    /// The name of this store.
    String own() {
        return own;
    }

    /// Does something about an instance while it is certain that it is gone; nothing if it lives.
    ///
    /// @return whether it is gone
    boolean ifGone(String instance, Runnable action) {
        Path file = folder.resolve(instance + SUFFIX);
        if (!Files.exists(file)) {
            action.run();
            return true;
        }
        if (instance.startsWith(process)) {
            return false;
        }
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = other.tryLock()) {
            if (lock != null) {
                action.run();
                Files.deleteIfExists(file);
                return true;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("instance {} is of this process", instance);
        } catch (IOException e) {
            LOG.warn("whether instance {} is gone could not be told: {}", instance, e.toString());
        }
        return false;
    }

    /// Takes away what crashed instances have left. One whose runs are not adopted yet counts as gone all the
    /// same.
    void sweep() throws IOException {
        for (String name : names(folder)) {
            ifGone(name, () -> {});
        }
    }

    /// The other stores of the database, as their lock files tell.
    ///
    /// @param areAlive whether any is open
    /// @param areGone  whether any has ended without closing
    record Others(boolean areAlive, boolean areGone) {}

    Others others() throws IOException {
        return others(folder, own);
    }

    /// @param own the name of a store that does not count; may be blank
    static Others others(Path folder, String own) throws IOException {
        String process = process();
        boolean alive = false;
        boolean gone = false;
        for (String name : names(folder)) {
            if (name.startsWith(process)) {
                alive |= !name.equals(own);
            } else if (isHeld(folder.resolve(name + SUFFIX))) {
                alive = true;
            } else {
                gone = true;
            }
        }
        return new Others(alive, gone);
    }

    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false; // it has just closed, or was just swept
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    names.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return names;
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(folder.resolve(own + SUFFIX));
        } catch (IOException e) {
            LOG.debug("the lock file of {} was not taken away", own, e);
        }
    }
}
