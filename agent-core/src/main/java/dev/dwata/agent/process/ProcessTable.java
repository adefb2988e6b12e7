package dev.dwata.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The processes of this machine as `/proc` shows them (Linux); elsewhere it shows none.
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /// @param group   its process group
    /// @param session its session
    record Row(long pid, long group, long session) {}

    static boolean exists() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    /// Those that have not ended and of which this is true.
    static List<Row> rows(Predicate<Row> which) {
        List<Row> rows = new ArrayList<>();
        if (!exists()) {
            return rows;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Row row = row(process);
                if (row != null && which.test(row)) {
                    rows.add(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the processes of this machine cannot be listed", e);
        }
        return rows;
    }

    /// Whether a process began with this variable in its environment, as far as that may be read.
    static boolean has(long pid, String name, String value) {
        byte[] wanted = ('\0' + name + '=' + value + '\0').getBytes(StandardCharsets.UTF_8);
        try {
            byte[] found = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            return contains(found, wanted);
        } catch (IOException e) {
            return false; // gone, or somebody else's
        }
    }

    private static boolean contains(byte[] environment, byte[] wanted) {
        int last = environment.length - wanted.length + 1;
        for (int start = -1; start <= last; start++) {
            if (matches(environment, start, wanted)) {
                return true;
            }
        }
        return false;
    }

    /// What lies before the beginning and after the end counts as NUL.
    private static boolean matches(byte[] environment, int start, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            int at = start + i;
            byte found = at < 0 || at >= environment.length ? 0 : environment[at];
            if (found != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /// `pid (name) state parent group session …`; the name may hold anything.
    private static @Nullable Row row(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[0].equals("Z") || fields[0].equals("X")) {
                return null;
            }
            long pid = Long.parseLong(PROC.relativize(process).toString());
            return new Row(pid, Long.parseLong(fields[2]), Long.parseLong(fields[3]));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return null; // gone
        }
    }
}
