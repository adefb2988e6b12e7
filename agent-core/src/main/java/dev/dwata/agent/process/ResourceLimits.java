package dev.dwata.agent.process;

import org.jspecify.annotations.Nullable;

/// What each process of a child may use at most; absent: no limit of ours. Kept where the operating system has
/// `prlimit` (Linux); elsewhere as far as `ulimit` does.
///
/// @param moreProcesses how many processes and threads the user may have besides those there are at the start,
///                      1 or more; the operating system does not hold the superuser to it
/// @param fileBytes     the size of a file it writes
/// @param memoryBytes   the memory of its own of one process
public record ResourceLimits(
        @Nullable Integer moreProcesses,
        @Nullable Long fileBytes,
        @Nullable Long memoryBytes) {
    public static final ResourceLimits NONE = new ResourceLimits(null, null, null);

    /// For commands that a model thinks of: 1024 processes more, files of 10 GiB, 8 GiB of memory each.
    public static final ResourceLimits ORDINARY = new ResourceLimits(1024, 10L << 30, 8L << 30);

    public ResourceLimits {
        boolean processes = moreProcesses == null || moreProcesses >= 1;
        boolean bytes = (fileBytes == null || fileBytes >= 0) && (memoryBytes == null || memoryBytes >= 0);
        if (!processes || !bytes) {
            throw new IllegalArgumentException("a limit must not be negative, and that of processes at least 1");
        }
    }
}
