package dev.dwata.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What disks and other programs do to files.
final class Damage {
    private static final int USUAL = 3000;

    private Damage() {}

    static void overwrite(Path file, long offset) throws IOException {
        overwrite(file, offset, USUAL);
    }

    static void overwrite(Path file, long offset, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("Z".repeat(bytes).getBytes(StandardCharsets.US_ASCII)), offset);
        }
    }

    static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
