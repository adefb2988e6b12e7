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

    boolean reached() {
        return reached;
    }
}
