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
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(Arrays.asList(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Benchmark.usage());
            System.exit(2);
            return;
        }
        Path folder = Files.createTempDirectory(options.directory(), "dwata-bench-");
        boolean reached;
        try {
            reached = options.benchmark().run(options, folder, System.out);
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
