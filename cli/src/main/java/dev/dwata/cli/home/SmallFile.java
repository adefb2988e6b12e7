package dev.dwata.cli.home;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Files of a few lines that only their owner may read, and that are never seen half-written.
public final class SmallFile {
    private static final int MAX_BYTES = 1 << 16;

    private SmallFile() {}

    /// @return absent if there is no such file, or no such folder
    public static @Nullable String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it is larger than 64 KiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (FileSystemException e) {
            if (!Files.exists(file)) {
                return null;
            }
            throw e;
        }
    }

    /// Replaces the file as a whole.
    public static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (SeekableByteChannel channel = create(draft);
                    var out = Channels.newOutputStream(channel)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Makes an empty file where there is none.
    public static void touch(Path file) throws IOException {
        if (!Files.exists(file)) {
            write(file, "");
        }
    }

    /// Makes a folder, and those above it, that only their owner may enter.
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, ownersOnly("rwx------"));
    }

    private static SeekableByteChannel create(Path file) throws IOException {
        return Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly("rw-------"));
    }

    private static FileAttribute<?>[] ownersOnly(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
