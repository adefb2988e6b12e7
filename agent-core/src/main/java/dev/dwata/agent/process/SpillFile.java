package dev.dwata.agent.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the first 10 MiB of what a program says. Where the disk takes no more, neither does it.
final class SpillFile {
    private static final long MOST_BYTES = 10L << 20;

    private final @Nullable Path path;
    private @Nullable OutputStream to;
    private long written;

    /// @param to absent where nothing can be kept
    SpillFile(@Nullable Path path, @Nullable OutputStream to) {
        this.path = path;
        this.to = to;
    }

    Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    void add(byte[] bytes, int from, int length) {
        int fits = (int) Math.min(length, MOST_BYTES - written);
        if (to == null || fits <= 0) {
            return;
        }
        try {
            to.write(bytes, from, fits);
            written += fits;
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        try {
            if (to != null) {
                to.close();
            }
        } catch (IOException e) {
            // What is there is there.
        }
        to = null;
    }
}
