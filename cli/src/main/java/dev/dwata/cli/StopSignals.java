package dev.dwata.cli;

import dev.dwata.cli.output.ExitCode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets a process that serves end in order when the operating system asks it to; a second time, or when that
/// takes too long, it ends at once.
final class StopSignals {
    private static final long SECONDS = 9;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicBoolean again = new AtomicBoolean();

    private StopSignals() {}

    /// From now on the signals no longer end the process by themselves.
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
        if (again.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitCode.CANCELLED);
        }
        Thread.ofPlatform().daemon().name("dwata-deadline").start(() -> {
            try {
                TimeUnit.SECONDS.sleep(SECONDS);
                Runtime.getRuntime().halt(ExitCode.DEFECT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        asked.countDown();
    }
}
