package dev.dwata.benchmarks;

import java.io.IOException;
import java.util.Arrays;

/// What so many runs of one subject took.
///
/// @param cpuMillis        for each run
/// @param allocated        kilobytes for each run; negative where the subject cannot tell
/// @param perSecond        runs
/// @param medianMillis     of a run, from the prompt to its end
/// @param p99Millis        of a run
/// @param firstTokenMillis from the prompt to the first token, the median
record Block(
        double cpuMillis,
        double allocated,
        double perSecond,
        double medianMillis,
        double p99Millis,
        double firstTokenMillis) {

    /// Has it carry out `runs`.
    ///
    /// @throws IllegalStateException if it did not do all that it was to do
    static Block measure(Child subject, int runs, int atOnce, int tokens) throws IOException, InterruptedException {
        long before = subject.cpu().toMillis();
        String answer = subject.ask(runs + " " + atOnce);
        double cpu = subject.cpu().toMillis() - before;
        long[] n = Arrays.stream(answer.split(" ")).mapToLong(Long::parseLong).toArray();
        if (n[0] != 0 || n[1] != (long) runs * tokens || n[2] != runs) {
            throw new IllegalStateException("%s had %d errors, %d tokens and %d tool calls in %d runs of %d tokens"
                    .formatted(subject.name(), n[0], n[1], n[2], runs, tokens));
        }
        return new Block(cpu / runs, n[3] / 1024.0 / runs, runs * 1e9 / n[4], n[5] / 1e6, n[6] / 1e6, n[7] / 1e6);
    }
}
