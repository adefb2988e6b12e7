package dev.dwata.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts in front of a command what holds it to its limits. A limit that the user is already held to is never
/// raised: that would fail.
record LimitedStart(ResourceLimits limits) {
    private static final Path OWN_LIMITS = Path.of("/proc/self/limits");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final String ULIMITS = """
            ulimit -c 0 2>/dev/null
            [ "$1" = - ] || ulimit -f "$1" 2>/dev/null
            [ "$2" = - ] || ulimit -d "$2" 2>/dev/null
            shift 2; exec "$@\"""";

    List<String> prefix() {
        Optional<String> prlimit = SystemPrograms.find("prlimit");
        if (prlimit.isPresent() && Files.isReadable(OWN_LIMITS)) {
            return prlimit(prlimit.get());
        }
        return List.of(
                SystemPrograms.SHELL,
                "-c",
                ULIMITS,
                "sh",
                units(limits.fileBytes(), 512),
                units(limits.memoryBytes(), 1024));
    }

    private List<String> prlimit(String program) {
        List<String> command = new ArrayList<>(List.of(program, "--core=0"));
        if (limits.moreProcesses() != null) {
            command.add("--nproc=" + atMost("Max processes", processesNow() + limits.moreProcesses()));
        }
        if (limits.fileBytes() != null) {
            command.add("--fsize=" + atMost("Max file size", limits.fileBytes()));
        }
        if (limits.memoryBytes() != null) {
            command.add("--data=" + atMost("Max data size", limits.memoryBytes()));
        }
        return command;
    }

    private static long atMost(String name, long wanted) {
        for (String line : read(OWN_LIMITS).lines().toList()) {
            if (line.startsWith(name)) {
                String hard = line.substring(name.length()).strip().split("\\s+", -1)[1];
                return hard.equals("unlimited") ? wanted : Math.min(wanted, Long.parseLong(hard));
            }
        }
        return wanted;
    }

    /// All of the machine, which are not fewer than the user's.
    private static long processesNow() {
        String[] fields = read(LOAD).split("[ /]", -1);
        return fields.length > 4 && fields[4].matches("\\d{1,9}") ? Long.parseLong(fields[4]) : 32_768;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // without it there is nothing to be less than
        }
    }

    private static String units(@Nullable Long bytes, int unit) {
        return bytes == null ? "-" : Long.toString(bytes / unit);
    }
}
