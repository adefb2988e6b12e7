package dev.dwata.benchmarks;

import java.io.PrintStream;

/// Says of each target whether it was reached.
final class Targets {
    private final PrintStream out;
    private boolean reached = true;

    Targets(PrintStream out) {
        this.out = out;
    }

    void atLeast(double target, double ratio, String what) {
        boolean held = ratio >= target;
        reached &= held;
        out.printf("%-7s %s: %.2f x, target at least %.2f x%n", held ? "reached" : "MISSED", what, ratio, target);
    }

    /// @param target what it is meant to be
    /// @param gate   what it must be; the target itself where that must be
    void atMost(double target, double gate, double figure, String what) {
        reached &= figure <= gate;
        String held = figure <= target ? "reached" : figure <= gate ? "passed" : "MISSED";
        String limits = target == gate ? "" : ", must be at most %.2f".formatted(gate);
        out.printf("%-7s %s: %.2f, target at most %.2f%s%n", held, what, figure, target, limits);
    }

    boolean reached() {
        return reached;
    }
}
