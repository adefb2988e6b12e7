package dev.dwata.gateway.ws;

import dev.dwata.agent.EventStreams;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.SyncedPayload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// One connection following one session.
///
///     live        what the room publishes goes out, if it is the entry after the last that went out
///     catching up what the room publishes is only noted; a thread of its own reads the log, at the pace of the
///                 outbox, until it has sent what was noted
///
/// A subscription is behind, and catches up, when it begins with a replay, when the outbox has no room, and
/// when an entry was left out before it. So every entry goes out once, in order, whatever happens; events that
/// are not in the log are for those who are live.
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final int PAGE = 1_000;
    private static final int FIRST_PAGE = 64;
    private static final int SMALLEST_PAGE = 16;

    private final Connection connection;
    private final SessionId session;
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable JsonNode shown;
    private long sent;
    private long known;
    private boolean live;
    private boolean replaying;
    private boolean reading;
    private int marksOwed;
    private boolean over;

    /// Used by the thread that reads the log.
    private int pageSize = FIRST_PAGE;

    private Subscription(Connection connection, SessionId session, Store store) {
        this.connection = connection;
        this.session = session;
        this.store = store;
    }

    /// One that gets what the room publishes after `seq`.
    static Subscription live(Connection connection, SessionId session, Store store, long seq) {
        Subscription subscription = new Subscription(connection, session, store);
        subscription.sent = seq;
        subscription.known = seq;
        subscription.live = true;
        return subscription;
    }

    /// One that waits for [#replay].
    static Subscription waiting(Connection connection, SessionId session, Store store) {
        return new Subscription(connection, session, store);
    }

    Connection connection() {
        return connection;
    }

    SessionId session() {
        return session;
    }

    /// What the client shows the others of itself; it goes with the subscription. Absent where it shows
    /// nothing.
    @Nullable
    JsonNode shown() {
        return shown;
    }

    void show(@Nullable JsonNode state) {
        shown = state;
    }

    /// Sends the entries after `afterSeq`, then a mark if one is wanted, then what happens.
    ///
    /// @param head the latest entry, read when the room knew this subscription already: what is committed later
    ///             will be published
    void replay(long afterSeq, long head, boolean mark) {
        lock.lock();
        try {
            known = Math.max(Math.max(known, sent), head);
            sent = afterSeq;
            live = false;
            replaying = true;
            marksOwed += mark ? 1 : 0;
            catchUp();
        } finally {
            lock.unlock();
        }
    }

    /// Sends the mark that everything so far was sent, as soon as that is so.
    void mark() {
        lock.lock();
        try {
            marksOwed++;
            if (live) {
                sendMarks();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Sends what happened, or notes it.
    ///
    /// @param events a [Portion], in the order of the log
    void publish(List<EncodedEvent> events) {
        lock.lock();
        try {
            boolean wasLive = live;
            connection
                    .outbox()
                    .send(events.stream()
                            .filter(this::goesOut)
                            .map(event -> event.to(connection, false))
                            .toList());
            if (wasLive && !live) {
                catchUp();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether an event is to be sent now. One that cannot be, although it should, ends being live.
    private boolean goesOut(EncodedEvent event) {
        known = Math.max(known, event.seq());
        if (!live || over) {
            return false;
        }
        boolean roomy = connection.outbox().roomy();
        if (event.seq() == 0) {
            return roomy;
        }
        if (event.seq() <= sent) {
            return false;
        }
        live = roomy && event.envelope().follows(sent);
        if (live) {
            sent = event.seq();
        }
        return live;
    }

    /// Entries up to `seq` were left out of what is published.
    void missed(long seq) {
        lock.lock();
        try {
            known = Math.max(known, seq);
            if (live && known > sent) {
                live = false;
                catchUp();
            }
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    private void catchUp() {
        if (!reading && !over) {
            reading = true;
            Thread.ofVirtual().name("catch-up").start(this::readLog);
        }
    }

    private void readLog() {
        try {
            while (!caughtUp()) {
                if (!sendPage()) {
                    connection.lagged();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AgentException e) {
            LOG.warn("the log of session {} could not be read: {}", session, e.getMessage());
            connection.close(Closing.TRY_AGAIN, "the log could not be read");
        } catch (RuntimeException e) {
            LOG.error("replaying session {} failed", session, e);
            connection.close(Closing.INTERNAL, "internal error");
        }
    }

    /// A replay may take as long as the client lives; one who lags behind what happens now must take something.
    private Duration patience() {
        lock.lock();
        try {
            return replaying ? connection.limits().idle() : connection.limits().stall();
        } finally {
            lock.unlock();
        }
    }

    /// Goes live if all that was noted is sent.
    private boolean caughtUp() {
        lock.lock();
        try {
            if (!over && sent < known) {
                return false;
            }
            reading = false;
            live = true;
            replaying = false;
            if (!over) {
                sendMarks();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void sendMarks() {
        for (; marksOwed > 0; marksOwed--) {
            connection.outbox().send(Outgoing.event("synced", new SyncedPayload(session, sent)));
        }
    }

    /// Sends as much as there is room for; what was read beyond that is read again later, so that a slow client
    /// keeps nothing in memory but its outbox.
    ///
    /// @return false if the network takes nothing
    private boolean sendPage() throws InterruptedException {
        if (!connection.outbox().awaitRoom(patience())) {
            return false;
        }
        long after = position();
        List<Envelope> page = store.log().read(session, after, pageSize);
        if (page.isEmpty()) {
            nothingLeft(after);
        } else if (page.getFirst().splitBy(after)) {
            EncodedEvent truncated = EncodedEvent.of(EventStreams.truncated(store, page.getFirst()));
            sendIfStillAt(after, List.of(truncated, EncodedEvent.of(page.getFirst())));
            return true;
        }
        int from = 0;
        while (from < page.size() && connection.outbox().roomy()) {
            List<EncodedEvent> portion = Portion.first(page.subList(from, page.size()), connection.limits());
            if (!sendIfStillAt(after, portion)) {
                return true;
            }
            after = portion.getLast().seq();
            from += portion.size();
        }
        pageSize = from < page.size() ? Math.max(SMALLEST_PAGE, from) : Math.min(PAGE, pageSize * 2);
        return true;
    }

    /// @param after what they continue
    /// @return whether that is still what was sent
    private boolean sendIfStillAt(long after, List<EncodedEvent> events) {
        lock.lock();
        try {
            if (over || sent != after) {
                return false;
            }
            connection
                    .outbox()
                    .send(events.stream()
                            .map(event -> event.to(connection, replaying))
                            .toList());
            sent = events.getLast().seq();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The number of the latest entry that was sent.
    long position() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /// The session is gone from the store.
    private void nothingLeft(long after) {
        lock.lock();
        try {
            if (sent == after) {
                known = sent;
            }
        } finally {
            lock.unlock();
        }
    }
}
