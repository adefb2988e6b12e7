package dev.dwata.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/// What single requests cost, in milliseconds of this thread's CPU: what others do with the machine is not in
/// it.
final class Timed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Timed() {}

    @FunctionalInterface
    interface Request {
        void send() throws Exception;
    }

    /// @return one for each, the smallest first
    static double[] all(int count, Request request) throws Exception {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begun = THREADS.getCurrentThreadCpuTime();
            request.send();
            millis[i] = (THREADS.getCurrentThreadCpuTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    /// Of a hundred, the slowest but one.
    static double slowest(double[] sorted) {
        return sorted[sorted.length * 99 / 100];
    }
}
