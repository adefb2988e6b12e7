package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.SessionLog.CommitListener;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A listener that remembers.
final class HeardCommits implements CommitListener {
    private final List<Envelope> heard = new ArrayList<>();

    @Override
    public synchronized void committed(List<Envelope> batch) {
        heard.addAll(batch);
        notifyAll();
    }

    /// Waits until at least so many were heard.
    synchronized List<Envelope> await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (heard.size() < count) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(millis)
                    .as("heard %d of %d entries in time", heard.size(), count)
                    .isPositive();
            wait(millis);
        }
        return List.copyOf(heard);
    }

    List<Envelope> await(int count, SessionId session) throws InterruptedException {
        return await(count).stream().filter(e -> e.sessionId().equals(session)).toList();
    }
}
