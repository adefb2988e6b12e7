package dev.dwata.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What the disk can do: append an event to a file, and wait until it would survive a loss of power.
final class FsyncLimit {
    private static final int EVENT_BYTES = 150;

    private final Path file;
    private final long nanos;

    FsyncLimit(Path file, int seconds) {
        this.file = file;
        this.nanos = seconds * 1_000_000_000L;
    }

    long run() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer event = ByteBuffer.allocateDirect(EVENT_BYTES);
            long start = System.nanoTime();
            long count = 0;
            while (System.nanoTime() - start < nanos) {
                event.clear();
                channel.write(event);
                channel.force(false);
                count++;
            }
            return count;
        }
    }
}
