package dev.dwata.agent;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows a session of this JVM: pages of the log until its head is reached, then the batches of the feed.
/// Where a batch does not continue what was seen, because the reader fell behind and batches were left out, it
/// goes back to the log.
final class LocalEventStream implements EventStream, Follower {
    private static final int PAGE = 1_000;
    private static final int BATCHES = 1_024;

    private final SessionLog log;
    private final Feed feed;
    private final SessionId session;
    private final BlockingQueue<List<Envelope>> live = new ArrayBlockingQueue<>(BATCHES);
    private final ArrayDeque<Envelope> ready = new ArrayDeque<>();
    private final long headSeq;
    private long lastSeq;
    private long replayTo;
    private volatile boolean closed;
    private volatile @Nullable AgentError ended;

    LocalEventStream(SessionLog log, Feed feed, SessionId session, long afterSeq) {
        this.log = log;
        this.feed = feed;
        this.session = session;
        this.lastSeq = afterSeq;
        feed.follow(session, this);
        this.headSeq = log.headSeq(session);
        this.replayTo = headSeq;
        if (afterSeq > headSeq) {
            close();
            throw new AgentException(EventStreams.ahead(afterSeq, headSeq));
        }
    }

    @Override
    public long headSeq() {
        return headSeq;
    }

    @Override
    public @Nullable Envelope next(@Nullable Duration timeout) throws InterruptedException {
        long deadline = timeout == null ? Long.MAX_VALUE : System.nanoTime() + timeout.toNanos();
        while (ready.isEmpty()) {
            if (closed) {
                AgentError why = ended;
                throw new AgentException(why == null ? new AgentError.Conflict("the stream is closed") : why);
            }
            if (lastSeq < replayTo) {
                replay();
                continue;
            }
            List<Envelope> batch = timeout == null
                    ? live.take()
                    : live.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (batch == null) {
                return null;
            }
            take(batch);
        }
        return ready.poll();
    }

    private void replay() {
        List<Envelope> page = log.read(session, lastSeq, PAGE);
        if (page.isEmpty()) {
            replayTo = lastSeq;
            return;
        }
        ready.addAll(page);
        lastSeq = page.getLast().seq();
    }

    private void take(List<Envelope> batch) {
        for (Envelope event : batch) {
            if (event.seq() == 0) {
                ready.add(event);
            } else if (event.seq() == lastSeq + 1) {
                ready.add(event);
                lastSeq = event.seq();
            } else if (event.seq() > lastSeq) {
                replayTo = event.seq();
                return;
            }
        }
    }

    /// Never blocks: what does not fit is left out, and read from the log when the reader comes to the gap.
    @Override
    public void happened(List<Envelope> batch) {
        while (!live.offer(batch)) {
            live.poll();
        }
    }

    /// Ends the stream for its reader, who gets `why` instead of the next event.
    void end(AgentError why) {
        ended = why;
        close();
    }

    @Override
    public void close() {
        closed = true;
        feed.leave(session, this);
        happened(List.of());
    }
}
