package dev.dwata.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Measures several contenders in turn, A B C A B C …, so that whatever else the machine does meets them all.
/// The first round is for warming up and does not count.
final class Rounds {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Map<Contender, List<Measured>> measured = new LinkedHashMap<>();

    /// @param perSecond units per second of wall time
    /// @param cpuMicros of this process, for each unit
    private record Measured(double perSecond, double cpuMicros) {}

    Rounds(Contender... contenders) {
        Arrays.asList(contenders).forEach(contender -> measured.put(contender, new ArrayList<>()));
    }

    void run(int rounds) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<Contender, List<Measured>> entry : measured.entrySet()) {
                Measured result = measure(entry.getKey());
                if (round > 0) {
                    entry.getValue().add(result);
                }
            }
        }
    }

    private static Measured measure(Contender contender) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        long units = contender.work().run();
        double nanos = System.nanoTime() - start;
        return new Measured(units * 1e9 / nanos, (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / units);
    }

    /// The median of its units per second.
    double perSecond(Contender contender) {
        return median(contender, Measured::perSecond);
    }

    /// The median of its microseconds of CPU for each unit.
    double cpuMicros(Contender contender) {
        return median(contender, Measured::cpuMicros);
    }

    private double median(Contender contender, ToDoubleFunction<Measured> figure) {
        double[] sorted = measured.getOrDefault(contender, List.of()).stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    void print(PrintStream out) {
        out.printf("%-44s %14s %12s   %s%n", "median of " + count() + " rounds", "per second", "CPU us each", "unit");
        for (Contender contender : measured.keySet()) {
            out.printf(
                    "%-44s %,14.0f %12.2f   %s%n",
                    contender.name(), perSecond(contender), cpuMicros(contender), contender.unit());
        }
    }

    private int count() {
        return measured.values().iterator().next().size();
    }
}
