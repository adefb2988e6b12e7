package dev.dwata.benchmarks;

import dev.dwata.agent.store.SessionQuery;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Principal;
import java.io.PrintStream;
import java.nio.file.Path;

/// The fifty latest of ten thousand sessions, and how many there are.
final class ListBenchmark {
    private static final int PAGE = 50;

    private final Options options;
    private final Path folder;

    ListBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        Archive archive = new Archive(options, folder);
        try (SqliteStore store = archive.open(out);
                PlainSessions jdbc = new PlainSessions(archive.database())) {
            SessionQuery query = new SessionQuery(PAGE, 0, null, null, null);
            Contender limit = new Contender("JDBC, the same statements", "lists", () -> each(() -> jdbc.list(PAGE)));
            Contender dwata = new Contender(
                    "dwata, Sessions.list",
                    "lists",
                    () -> each(() -> store.sessions()
                            .list(Principal.LOCAL, query)
                            .sessions()
                            .size()));
            Rounds rounds = new Rounds(limit, dwata);
            rounds.run(options.rounds());
            rounds.print(out);
            Targets targets = new Targets(out);
            double ratio = rounds.cpuMicros(dwata) / rounds.cpuMicros(limit);
            targets.atMost(1.15, 1.15, ratio, "CPU of a list, of JDBC");
            return targets.reached();
        }
    }

    private interface Question {
        int ask() throws Exception;
    }

    private long each(Question question) throws Exception {
        long end = System.nanoTime() + options.seconds() * 1_000_000_000L;
        long count = 0;
        while (System.nanoTime() < end) {
            if (question.ask() != PAGE) {
                throw new IllegalStateException("a list had not " + PAGE + " sessions");
            }
            count++;
        }
        return count;
    }
}
