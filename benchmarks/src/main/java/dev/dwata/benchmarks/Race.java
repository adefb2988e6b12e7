package dev.dwata.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// Measures several subjects in turn, in another order each round, so that whatever else the machine does meets
/// them all, and compares each round with the same round of the first.
final class Race {
    private static final int PRELUDE = 10;

    private final List<Child> subjects;
    private final int tokens;
    private final int atOnce;
    private final Map<String, List<Block>> blocks = new LinkedHashMap<>();

    /// @param subjects the limit first
    /// @param tokens   that each run has
    /// @param atOnce   how many runs
    Race(List<Child> subjects, int tokens, int atOnce) {
        this.subjects = List.copyOf(subjects);
        this.tokens = tokens;
        this.atOnce = atOnce;
        subjects.forEach(subject -> blocks.put(subject.name(), new ArrayList<>()));
    }

    /// @param warmUp runs of each that do not count
    /// @param runs   of each in each round; a tenth as many before, after the pause that the others were
    Race run(int warmUp, int rounds, int runs) throws IOException, InterruptedException {
        for (Child subject : subjects) {
            if (warmUp > 0) {
                Block.measure(subject, warmUp, atOnce, tokens);
            }
        }
        List<Child> order = new ArrayList<>(subjects);
        for (int round = 0; round < rounds; round++) {
            for (Child subject : order) {
                Block.measure(subject, Math.max(1, runs / PRELUDE), atOnce, tokens);
                blocks(subject.name()).add(Block.measure(subject, runs, atOnce, tokens));
            }
            Collections.rotate(order, 1);
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
        }
        return this;
    }

    double median(String subject, ToDoubleFunction<Block> figure) {
        return median(blocks(subject).stream().mapToDouble(figure).toArray());
    }

    /// The median, over the rounds, of what the figure of `subject` is of that of `other`.
    double ratio(String subject, String other, ToDoubleFunction<Block> figure) {
        List<Block> these = blocks(subject);
        List<Block> those = blocks(other);
        double[] ratios = new double[these.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(these.get(i)) / figure.applyAsDouble(those.get(i));
        }
        return median(ratios);
    }

    void print(PrintStream out) {
        String limit = subjects.getFirst().name();
        out.printf(
                "%n%-14s %12s %8s %11s %12s %14s %10s%n",
                atOnce == 1 ? "one at a time" : atOnce + " at once",
                "CPU ms/run",
                "x " + limit,
                "run ms p50",
                "first token",
                "allocated KB",
                "runs/s");
        for (String subject : blocks.keySet()) {
            double allocated = median(subject, Block::allocated);
            out.printf(
                    "%-14s %12.3f %8.2f %11.2f %12.2f %14s %10.0f%n",
                    subject,
                    median(subject, Block::cpuMillis),
                    ratio(subject, limit, Block::cpuMillis),
                    median(subject, Block::medianMillis),
                    median(subject, Block::firstTokenMillis),
                    allocated < 0 ? "-" : "%.0f".formatted(allocated),
                    median(subject, Block::perSecond));
        }
        out.flush();
    }

    private List<Block> blocks(String subject) {
        return Objects.requireNonNull(blocks.get(subject), subject);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
