package dev.dwata.agent.process;

import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.Children;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts a child, says what it tells its store of it, and stands still until it is killed. Its input stays
/// open and unread.
final class KilledOwner {
    private KilledOwner() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Processes processes = new Processes(telling(out), Map.of("PATH", "/usr/bin:/bin"));
        Program program = new Program(List.of("sh", "-c", arguments[0]), Path.of("/"));
        processes.start(program.with(Program.Input.valueOf(arguments[1])));
        Thread.currentThread().join();
    }

    private static Children telling(PrintStream out) {
        return new Children() {
            @Override
            public void put(Child child) {
                out.println(child.marker() + " " + child.pid() + " " + child.startedAt());
            }

            @Override
            public void remove(String marker) {
                out.println("removed " + marker);
            }

            @Override
            public List<Child> adopt() {
                return List.of();
            }
        };
    }
}
