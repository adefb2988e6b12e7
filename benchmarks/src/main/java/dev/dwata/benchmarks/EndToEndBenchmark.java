package dev.dwata.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From the append of an event, over its commit in SQLite, to every client.
final class EndToEndBenchmark {
    private static final int WARM_UP = 3_000;

    private final Options options;
    private final Path folder;

    EndToEndBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        List<Double> medians = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        try (FanoutServer server =
                FanoutServer.dwata("dwata", options.clients(), false, folder.resolve("dwata.sqlite3"))) {
            server.round(WARM_UP, 50, false);
            for (int round = 0; round < options.rounds(); round++) {
                server.paced(options.rate() * options.seconds(), options.rate());
                medians.add(server.delay(0.5));
                slowest.add(server.delay(0.99));
                out.printf("round %d: p50 %.2f ms, p99 %.2f ms%n", round + 1, medians.getLast(), slowest.getLast());
            }
        }
        Targets targets = new Targets(out);
        targets.atMost(2, 2, median(medians), "ms from the append to a client, p50, median of the rounds");
        targets.atMost(10, 10, median(slowest), "ms from the append to a client, p99, median of the rounds");
        return targets.reached();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
