package dev.dwata.agent;

import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows a session of this JVM: pages of the log until its head is reached, then the batches of the feed.
/// Where a batch does not continue what was seen, because the reader fell behind and batches were left out, it
/// goes back to the log; also when another process may have written to it.
final class LocalEventStream implements EventStream, Follower {
    private static final int SMALLEST_PAGE = 16;
    private static final int LARGEST_PAGE = 1_024;

    private final Store store;
    private final Feed feed;
    private final SessionId session;
    private final Arrivals arrivals = new Arrivals();
    private final ArrayDeque<Envelope> ready = new ArrayDeque<>();
    private final long headSeq;
    private long lastSeq;
    private long replayTo;
    private int pageSize = SMALLEST_PAGE;
    private volatile boolean closed;
    private volatile @Nullable AgentError ended;

    LocalEventStream(Store store, Feed feed, SessionId session, long afterSeq) {
        this.store = store;
        this.feed = feed;
        this.session = session;
        this.lastSeq = afterSeq;
        feed.follow(session, this);
        this.headSeq = store.log().headSeq(session);
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
            Arrivals.Next next = arrivals.take(timeout == null ? Long.MAX_VALUE : deadline - System.nanoTime());
            if (next == null) {
                return null;
            }
            take(next.events());
            if (next.lookAtLog() && !closed) {
                replayTo = Math.max(replayTo, store.log().headSeq(session));
            }
        }
        return ready.poll();
    }

    private void replay() {
        List<Envelope> page = store.log().read(session, lastSeq, pageSize);
        if (page.isEmpty()) {
            replayTo = lastSeq;
            return;
        }
        if (page.getFirst().splitBy(lastSeq)) {
            ready.add(EventStreams.truncated(store, page.getFirst()));
        }
        ready.addAll(page);
        lastSeq = page.getLast().seq();
        boolean heavy = page.stream().anyMatch(Envelope::merged);
        pageSize = heavy ? SMALLEST_PAGE : Math.min(LARGEST_PAGE, pageSize * 4);
    }

    private void take(List<Envelope> batch) {
        for (Envelope event : batch) {
            if (event.seq() == 0) {
                ready.add(event);
            } else if (event.follows(lastSeq)) {
                ready.add(event);
                lastSeq = event.seq();
            } else if (event.seq() > lastSeq) {
                replayTo = event.seq();
                return;
            }
        }
    }

    @Override
    public void happened(List<Envelope> batch) {
        arrivals.add(batch);
    }

    @Override
    public void happenedElsewhere() {
        arrivals.lookAtLog();
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
        arrivals.lookAtLog(); // wakes the reader
    }
}
