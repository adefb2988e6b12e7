package dev.dwata.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Many runs at once whose tokens come slowly, as those of models do: who waits for whom.
final class StreamsBenchmark {
    private static final int TOKENS = 100;
    private static final int DELAY_MILLIS = 100;
    private static final double IDEAL_MILLIS = (TOKENS - 1) * (double) DELAY_MILLIS;

    private final Options options;
    private final Path folder;

    /// @param threads and megabytes at most
    private record Crowd(Block block, int threads, double megabytes) {}

    StreamsBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        List<String> names = new ArrayList<>(List.of(Peers.HAND, Peers.DWATA));
        names.addAll(Peers.present(options.peers(), out));
        out.printf(
                "%n%-14s %14s %14s %10s %8s %8s %12s%n",
                options.runs() + " at once",
                "p99 of ideal",
                "first token s",
                "run s p50",
                "threads",
                "MB",
                "CPU ms/run");
        Targets targets = new Targets(out);
        for (String name : names) {
            List<Crowd> crowds = measure(name);
            out.printf(
                    "%-14s %14.3f %14.2f %10.2f %8.0f %8.0f %12.2f%n",
                    name,
                    median(crowds, crowd -> crowd.block().p99Millis() / IDEAL_MILLIS),
                    median(crowds, crowd -> crowd.block().firstTokenMillis() / 1e3),
                    median(crowds, crowd -> crowd.block().medianMillis() / 1e3),
                    median(crowds, Crowd::threads),
                    median(crowds, Crowd::megabytes),
                    median(crowds, crowd -> crowd.block().cpuMillis()));
            if (name.equals(Peers.DWATA)) {
                judge(crowds, targets);
            }
            out.flush();
        }
        return targets.reached();
    }

    /// The first crowd warms it up.
    private List<Crowd> measure(String name) throws Exception {
        List<Crowd> crowds = new ArrayList<>();
        try (Model model = new Model(TOKENS, DELAY_MILLIS);
                Child subject = Peers.start(name, model, folder)) {
            for (int round = 0; round <= options.rounds(); round++) {
                Block block = Block.measure(subject, options.runs(), options.runs(), TOKENS);
                crowds.add(new Crowd(block, subject.mostThreads(), subject.peakKilobytes() / 1024.0));
            }
        }
        return crowds.subList(1, crowds.size());
    }

    private static void judge(List<Crowd> crowds, Targets targets) {
        targets.atMost(
                1.15,
                1.15,
                median(crowds, crowd -> crowd.block().p99Millis() / IDEAL_MILLIS),
                "the slowest of a hundred, of the ideal");
        targets.atMost(
                0.5,
                0.5,
                median(crowds, crowd -> crowd.block().firstTokenMillis() / 1e3),
                "seconds to the first token");
        targets.atMost(64, 64, median(crowds, Crowd::threads), "threads of the operating system");
        targets.atMost(700, 700, median(crowds, Crowd::megabytes), "megabytes of memory");
    }

    private static double median(List<Crowd> crowds, ToDoubleFunction<Crowd> figure) {
        double[] sorted = crowds.stream().mapToDouble(figure).sorted().toArray();
        return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElseThrow();
    }
}
