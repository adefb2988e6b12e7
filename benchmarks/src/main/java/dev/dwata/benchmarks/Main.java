package dev.dwata.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Runs the benchmark that it is told, and exits with 1 where a target was missed.
public final class Main {
    private static final String USAGE = """
            ./dwata-bench append   durable events per second of 16 writers
            ./dwata-bench resume   entries per second of a reader who catches up with 300,000

              --rounds N       how often each is measured; the median counts. Default: 5
              --seconds S      how long a round of append takes for each. Default: 2
              --events N       how long the session of resume is. Default: 300000
              --directory DIR  where, and hence on which disk. Default: the current folder
            """;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(Arrays.asList(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
            return;
        }
        Path folder = Files.createTempDirectory(options.directory(), "dwata-bench-");
        boolean reached;
        try {
            reached = switch (options.name()) {
                case "append" -> new AppendBenchmark(options, folder).run(System.out);
                case "resume" -> new ResumeBenchmark(options, folder).run(System.out);
                default -> throw new IllegalStateException(options.name());
            };
        } finally {
            remove(folder);
        }
        System.exit(reached ? 0 : 1);
    }

    private static void remove(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
