package dev.dwata.gateway.streams;

import dev.dwata.agent.store.Streams;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes away what has expired, now and then: nobody sees it any more, but it has its place on the disk.
final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final Streams streams;
    private final CountDownLatch closing = new CountDownLatch(1);

    Sweeper(Streams streams) {
        this.streams = streams;
    }

    void start() {
        Thread.ofVirtual().name("stream-sweeper").start(this::work);
    }

    private void work() {
        try {
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            int swept = streams.sweep(MOST);
            if (swept > 0) {
                LOG.debug("{} streams have expired", swept);
            }
        } catch (AgentException e) {
            LOG.debug("expired streams stay for now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
