package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of what is in the making: `.dwata-<process>-<its start, ms>-<random>.tmp`. They tell what a
/// process left behind that was killed from what one is still working on.
final class TemporaryName {
    private static final Pattern FORM = Pattern.compile("\\.dwata-(\\d{1,18})-(\\d{1,18})-[0-9a-f-]{36}\\.tmp");
    /// The start of a process is computed anew by whoever asks, from the clock of the system.
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final int MOST_LOOKED_AT = 10_000;

    private TemporaryName() {}

    static Path create() {
        ProcessHandle self = ProcessHandle.current();
        long start = start(self).map(Instant::toEpochMilli).orElse(0L);
        return Path.of(".dwata-" + self.pid() + "-" + start + "-" + UUID.randomUUID() + ".tmp");
    }

    static boolean is(Path name) {
        return FORM.matcher(name.toString()).matches();
    }

    /// Deletes what processes left in `folder` that are no more.
    static void sweep(OpenFolder folder) throws IOException {
        for (Path name : folder.names(MOST_LOOKED_AT)) {
            Matcher form = FORM.matcher(name.toString());
            if (form.matches() && !isAlive(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)))) {
                delete(folder, name);
            }
        }
    }

    /// Whatever it is; that it went away, or cannot be deleted, is no failure.
    static void delete(OpenFolder folder, Path name) {
        try {
            if (folder.attributes(name).isDirectory()) {
                folder.deleteFolder(name);
            } else {
                folder.deleteFile(name);
            }
        } catch (IOException e) {
            // The next one to write here tries again.
        }
    }

    private static boolean isAlive(long pid, long start) {
        return ProcessHandle.of(pid)
                .flatMap(TemporaryName::start)
                .map(began -> Duration.between(Instant.ofEpochMilli(start), began)
                                .abs()
                                .compareTo(TOLERANCE)
                        < 0)
                .orElse(false);
    }

    private static Optional<Instant> start(ProcessHandle process) {
        return process.info().startInstant();
    }
}
