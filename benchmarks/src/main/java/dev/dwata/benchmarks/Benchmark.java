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
    private static final Map<String, String> ARCHIVE = Map.of(
            "rounds", "5", "seconds", "2", "sessions", "10000", "messages", "1000000", "archive", "", "directory", "");

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
                    (options, folder, out) -> new WeightBenchmark(folder).run(out)),
            new Benchmark(
                    "fanout",
                    "CPU of telling many clients of an event",
                    Map.of("rounds", "5", "events", "3200", "k", "100", "directory", ""),
                    (options, folder, out) -> new FanoutBenchmark(options, folder).run(out)),
            new Benchmark(
                    "e2e",
                    "time from the append of an event to every client",
                    Map.of("rounds", "5", "seconds", "5", "k", "50", "rate", "100", "directory", ""),
                    (options, folder, out) -> new EndToEndBenchmark(options, folder).run(out)),
            new Benchmark(
                    "list",
                    "a page of 10,000 sessions",
                    ARCHIVE,
                    (options, folder, out) -> new ListBenchmark(options, folder).run(out)),
            new Benchmark(
                    "search",
                    "words in 1,000,000 messages",
                    Map.of("runs", "300", "sessions", "10000", "messages", "1000000", "archive", "", "directory", ""),
                    (options, folder, out) -> new SearchBenchmark(options, folder).run(out)),
            new Benchmark(
                    "history",
                    "a page of a long session",
                    ARCHIVE,
                    (options, folder, out) -> new HistoryBenchmark(options, folder).run(out)));

    private static final Map<String, String> MEANING = Map.ofEntries(
            Map.entry("rounds", "how often each is measured; the median counts"),
            Map.entry("seconds", "how long a round takes for each"),
            Map.entry("events", "how long the session is"),
            Map.entry("runs", "how many in a round"),
            Map.entry("k", "how many clients"),
            Map.entry("rate", "how many events in a second"),
            Map.entry("sessions", "how many there are"),
            Map.entry("messages", "how many they have together"),
            Map.entry("archive", "a folder to make the sessions in, or to find them in; else they are made each time"),
            Map.entry("warm-up", "how many runs before the first round"),
            Map.entry("peers", "what else is measured: langchain4j, pi, none"),
            Map.entry("store", "keeps what happens in SQLite; without it in memory"),
            Map.entry("directory", "where, and hence on which disk; the current folder by default"));

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
