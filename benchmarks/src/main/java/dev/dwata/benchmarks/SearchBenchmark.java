package dev.dwata.benchmarks;

import dev.dwata.agent.store.SessionSearch;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Principal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Words in a million messages, from those that are in one to those that are in most.
final class SearchBenchmark {
    private static final int HITS = 20;
    private static final int WARM_UP = 50;
    private static final double MOST_MILLIS = 30;

    private final Options options;
    private final Path folder;

    SearchBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        Archive archive = new Archive(options, folder);
        List<String> queries = List.of(
                Archive.RARE,
                Archive.OCCASIONAL,
                Archive.COMMON,
                Archive.COMMON + " " + Archive.OCCASIONAL,
                "w1",
                "w4321",
                "ze",
                "th");
        try (SqliteStore store = archive.open(out)) {
            Targets targets = new Targets(out);
            out.printf("%-24s %12s %12s%n", options.runs() + " searches each", "CPU ms p50", "CPU ms p99");
            for (String query : queries) {
                SessionSearch search = new SessionSearch(query, null, null, HITS);
                Timed.Request request = () -> ask(store, search);
                Timed.all(WARM_UP, request);
                double[] millis = Timed.all(options.runs(), request);
                out.printf("%-24s %12.2f %12.2f%n", query, Timed.median(millis), Timed.slowest(millis));
                targets.atMost(MOST_MILLIS, MOST_MILLIS, Timed.slowest(millis), "ms of CPU, p99, for '" + query + "'");
            }
            return targets.reached();
        }
    }

    private static void ask(SqliteStore store, SessionSearch search) {
        if (store.sessions().search(Principal.LOCAL, search).isEmpty()) {
            throw new IllegalStateException("nothing was found for " + search.query());
        }
    }
}
