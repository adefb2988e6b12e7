package dev.dwata.cli;

import dev.dwata.cli.output.ExitCode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets a process that serves end in order when the operating system asks it to. When it is asked a second time
/// it no longer waits for what is under way; a third time, or when all that takes too long, it ends at once.
final class StopSignals {
    private static final long SECONDS = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();
    private final Thread serving = Thread.currentThread();

    private StopSignals() {}

    /// From now on the signals no longer end the process by themselves. The second one interrupts the thread
    /// that calls this.
    static StopSignals listen() {
        StopSignals signals = new StopSignals();
        List.of("TERM", "INT", "HUP").forEach(signal -> Interrupts.handle(signal, signals::received));
        return signals;
    }

    /// Waits until the process is asked to end.
    void await() throws InterruptedException {
        asked.await();
    }

    private void received() {
        switch (times.incrementAndGet()) {
            case 1 -> {
                Thread.ofPlatform().daemon().name("dwata-deadline").start(StopSignals::endInTime);
                asked.countDown();
            }
            case 2 -> serving.interrupt();
            default -> Runtime.getRuntime().halt(ExitCode.CANCELLED);
        }
    }

    private static void endInTime() {
        try {
            TimeUnit.SECONDS.sleep(SECONDS);
            Runtime.getRuntime().halt(ExitCode.DEFECT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
