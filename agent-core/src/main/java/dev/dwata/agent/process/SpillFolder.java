package dev.dwata.agent.process;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where output is kept that is too long for a model. Only the user may look into it; the 50 newest files stay.
public final class SpillFolder {
    private static final Logger LOG = LoggerFactory.getLogger(SpillFolder.class);
    private static final int MOST_FILES = 50;
    private static final String PREFIX = "output-";

    private final Path folder;

    /// @param folder made when it is needed
    public SpillFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// A new file; one that takes nothing where there cannot be one.
    SpillFile create() {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            removeOld();
            Path file = folder.resolve(PREFIX + Marker.create() + ".log");
            return new SpillFile(
                    file,
                    Channels.newOutputStream(Files.newByteChannel(
                            file,
                            EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))));
        } catch (IOException e) {
            LOG.warn("long output is not kept: {}", e.toString());
            return new SpillFile(null, null);
        }
    }

    private void removeOld() throws IOException {
        List<Kept> newestFirst;
        try (Stream<Path> all = Files.list(folder)) {
            newestFirst = all.filter(file -> String.valueOf(file.getFileName()).startsWith(PREFIX))
                    .map(Kept::of)
                    .sorted(Comparator.comparingLong(Kept::changed).reversed())
                    .toList();
        }
        for (int at = MOST_FILES - 1; at < newestFirst.size(); at++) {
            Files.deleteIfExists(newestFirst.get(at).file);
        }
    }

    private record Kept(Path file, long changed) {
        static Kept of(Path file) {
            try {
                return new Kept(file, Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                return new Kept(file, 0); // just removed by another
            }
        }
    }
}
