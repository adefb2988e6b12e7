package dev.dwata.agent.process;

import java.util.List;

/// What of a child runs, found by its marker, or by a word that its programs have among their arguments.
public final class Survivors {
    private Survivors() {}

    public static List<Long> of(String marker) {
        return ProcessTable.rows(row -> ProcessTable.has(row.pid(), Marker.NAME, marker)).stream()
                .map(ProcessTable.Row::pid)
                .toList();
    }

    /// @param seconds what `sleep` was told: chosen by the test, and by nothing else on the machine
    public static List<Long> sleeping(String seconds) {
        return ProcessTable.rows(row -> true).stream()
                .map(ProcessTable.Row::pid)
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().arguments())
                        .filter(arguments -> arguments.length == 1 && arguments[0].equals(seconds))
                        .isPresent())
                .toList();
    }

    /// A number of seconds that no other test uses.
    public static String uniqueSleep() {
        return 5_000 + "." + Math.abs(System.nanoTime() % 1_000_000_000L);
    }
}
