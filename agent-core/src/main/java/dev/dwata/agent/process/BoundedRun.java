package dev.dwata.agent.process;

import dev.dwata.agent.process.Finished.Why;
import dev.dwata.agent.tool.StillRunningException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjIntConsumer;

/// One program, from its start to its end. Its output is read by threads of their own, which end with it.
final class BoundedRun {
    private static final Duration PULSE = Duration.ofMillis(200);
    private static final Duration LAST_WORDS = Duration.ofMillis(300);
    private static final Duration AFTER_THE_END = Duration.ofSeconds(1);
    private static final int BUFFER = 16 << 10;

    private final ChildProcess child;
    private final Exchange exchange;
    private final AtomicLong said = new AtomicLong();
    private final long began = System.nanoTime();

    BoundedRun(ChildProcess child, Exchange exchange) {
        this.child = child;
        this.exchange = exchange;
    }

    Finished finish() throws InterruptedException {
        List<Thread> readers = List.of(
                begin("output", () -> read(child.output(), exchange.listener()::output)),
                begin("errors", () -> read(child.errors(), exchange.listener()::errors)));
        try {
            if (!exchange.input().isEmpty()) {
                begin("input", this::write);
            }
            Why why = await();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (why == Why.EXITED) {
                join(readers, LAST_WORDS);
            }
            List<Long> unstopped = child.stop();
            join(readers, AFTER_THE_END);
            int leftBehind = why == Why.EXITED ? child.ended() : 0;
            ExitStatus exit = child.exitStatus().orElse(new ExitStatus(-1, null));
            return new Finished(
                    exit, said.get() > exchange.mostOutput() ? Why.TOO_MUCH_OUTPUT : why, leftBehind, unstopped, took);
        } catch (InterruptedException e) {
            List<Long> unstopped = child.stop();
            if (unstopped.isEmpty()) {
                throw e;
            }
            throw new StillRunningException(
                    unstopped.stream().map(pid -> "process " + pid).toList());
        } finally {
            child.stop();
        }
    }

    private Why await() throws InterruptedException {
        long deadline = began + exchange.atMost().toNanos();
        while (true) {
            long left = deadline - System.nanoTime();
            Duration patience = Duration.ofNanos(Math.max(0, Math.min(left, PULSE.toNanos())));
            Optional<ExitStatus> exit = child.waitFor(patience);
            if (exit.isPresent()) {
                return Why.EXITED;
            }
            if (said.get() > exchange.mostOutput()) {
                return Why.TOO_MUCH_OUTPUT;
            }
            if (left <= 0) {
                return Why.TIMED_OUT;
            }
            exchange.listener().stillRunning();
        }
    }

    private void read(InputStream from, ObjIntConsumer<byte[]> to) {
        byte[] buffer = new byte[BUFFER];
        try {
            int length = from.read(buffer);
            while (length >= 0) {
                if (said.addAndGet(length) > exchange.mostOutput()) {
                    return; // it will be ended; until then it stands still
                }
                to.accept(buffer, length);
                length = from.read(buffer);
            }
        } catch (IOException e) {
            // It has ended, and what it left behind too.
        }
    }

    private void write() {
        try (OutputStream to = child.input()) {
            to.write(exchange.input().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It does not read, or has ended.
        }
    }

    private Thread begin(String what, Runnable body) {
        return Thread.ofPlatform()
                .daemon()
                .name("dwata-child-" + child.pid() + '-' + what)
                .start(body);
    }

    private static void join(List<Thread> threads, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (Thread thread : threads) {
            long left = deadline - System.nanoTime();
            if (left > 0 && !thread.join(Duration.ofNanos(left))) {
                return;
            }
        }
    }
}
