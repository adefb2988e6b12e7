package dev.dwata.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What can be measured, and with which options.
///
/// @param label   its name on the command line
/// @param options what each is unless it is given, by name; `store` is one that takes no value
record Benchmark(String label, String what, Map<String, String> options, Measurement measurement) {
    private static final List<Benchmark> ALL = List.of(
            new Benchmark(
                    "append",
                    "durable events per second of 16 writers",
                    Map.of("rounds", "5", "seconds", "2", "directory", ""),
                    (options, folder, out) -> new AppendBenchmark(options, folder).run(out)),
            new Benchmark(
                    "resume",
                    "entries per second of a reader who catches up with 300,000",
                    Map.of("rounds", "5", "events", "300000", "directory", ""),
                    (options, folder, out) -> new ResumeBenchmark(options, folder).run(out)),
            new Benchmark(
                    "loop",
                    "CPU of an agent run: two model calls, a tool, 200 tokens",
                    Map.of(
                            "rounds",
                            "5",
                            "runs",
                            "1000",
                            "warm-up",
                            "6000",
                            "peers",
                            "langchain4j,pi",
                            "store",
                            "",
                            "directory",
                            ""),
                    (options, folder, out) -> new LoopBenchmark(options, folder).run(out)),
            new Benchmark(
                    "alloc",
                    "memory that an agent run allocates",
                    Map.of("rounds", "5", "runs", "500", "warm-up", "2000", "directory", ""),
                    (options, folder, out) -> new AllocBenchmark(options, folder).run(out)),
            new Benchmark(
                    "streams",
                    "2,000 runs at once whose tokens come every 100 ms",
                    Map.of("rounds", "3", "runs", "2000", "peers", "langchain4j,pi", "directory", ""),
                    (options, folder, out) -> new StreamsBenchmark(options, folder).run(out)),
            new Benchmark(
                    "connections",
                    "connections that 200 runs, which are 400 requests, open",
                    Map.of("runs", "200", "peers", "langchain4j,pi", "directory", ""),
                    (options, folder, out) -> new ConnectionsBenchmark(options, folder).run(out)),
            new Benchmark(
                    "weight",
                    "jars that an application takes on which embeds the agent",
                    Map.of("directory", ""),
                    (options, folder, out) -> new WeightBenchmark(folder).run(out)));

    private static final Map<String, String> MEANING = Map.of(
            "rounds", "how often each is measured; the median counts",
            "seconds", "how long a round takes for each",
            "events", "how long the session is",
            "runs", "how many in a round",
            "warm-up", "how many runs before the first round",
            "peers", "what else is measured: langchain4j, pi, none",
            "store", "keeps what happens in SQLite; without it in memory",
            "directory", "where, and hence on which disk; the current folder by default");

    @FunctionalInterface
    interface Measurement {
        /// @param folder an empty one
        /// @return whether the targets were reached
        boolean run(Options options, Path folder, PrintStream out) throws Exception;
    }

    /// @throws IllegalArgumentException naming those there are
    static Benchmark named(String name) {
        return ALL.stream()
                .filter(benchmark -> benchmark.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no benchmark '" + name + "'; there are " + String.join(", ", labels())));
    }

    private static List<String> labels() {
        return ALL.stream().map(Benchmark::label).toList();
    }

    boolean run(Options given, Path folder, PrintStream out) throws Exception {
        return measurement.run(given, folder, out);
    }

    static String usage() {
        String benchmarks = ALL.stream()
                .map(benchmark -> "./dwata-bench %-12s %s%n".formatted(benchmark.label(), benchmark.what)
                        + benchmark.options.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(option -> "    --%-12s %s%s%n"
                                        .formatted(
                                                option.getKey(),
                                                MEANING.get(option.getKey()),
                                                option.getValue().isEmpty() ? "" : " (" + option.getValue() + ")"))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
        return benchmarks;
    }
}
