package dev.dwata.benchmarks.subject;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Has a subject carry out a number of runs, so many at once, each on a virtual thread.
final class Load {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Subject subject;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private long[] whole = {};
    private long[] first = {};

    Load(Subject subject) {
        this.subject = subject;
    }

    /// @return `errors tokens calls allocatedBytes wallNanos p50Nanos p99Nanos firstTokenP50Nanos`
    String run(int runs, int atOnce) {
        next.set(0);
        errors.set(0);
        tokens.set(0);
        calls.set(0);
        whole = new long[runs];
        first = new long[runs];
        try {
            subject.open();
            long allocated = THREADS.getTotalThreadAllocatedBytes();
            long start = System.nanoTime();
            work(atOnce);
            long nanos = System.nanoTime() - start;
            allocated = THREADS.getTotalThreadAllocatedBytes() - allocated;
            subject.close();
            return "%d %d %d %d %d %d %d %d"
                    .formatted(
                            errors.get(),
                            tokens.get(),
                            calls.get(),
                            allocated,
                            nanos,
                            percentile(whole, 50),
                            percentile(whole, 99),
                            percentile(first, 50));
        } catch (Exception e) {
            throw new IllegalStateException("the runs could not be carried out", e);
        }
    }

    private void work(int atOnce) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(atOnce);
        for (int i = 0; i < atOnce; i++) {
            Thread.startVirtualThread(() -> {
                try {
                    for (int run = next.getAndIncrement(); run < whole.length; run = next.getAndIncrement()) {
                        one(run);
                    }
                } finally {
                    over.countDown();
                }
            });
        }
        over.await();
    }

    private void one(int run) {
        Seen seen = new Seen();
        try {
            subject.run(seen);
        } catch (Exception e) {
            if (errors.getAndIncrement() == 0) {
                e.printStackTrace();
            }
        }
        whole[run] = seen.nanosSince();
        first[run] = seen.nanosToFirstToken();
        tokens.addAndGet(seen.tokens());
        calls.addAndGet(seen.calls());
    }

    private static long percentile(long[] values, int percent) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
