package dev.dwata.agent.remote;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.EventStreams;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Follows a session of a gateway. Entries are taken only in their order, each once; what does not continue
/// what was seen makes the stream ask for a replay from where it is.
final class RemoteEventStream implements EventStream, SessionFollower {
    private static final int EVENTS = 8_192;

    private final Link link;
    private final SessionId session;
    private final BlockingQueue<Envelope> events = new ArrayBlockingQueue<>(EVENTS);
    private final long headSeq;
    private final Envelope wake;
    private long lastQueued;
    private @Nullable Envelope announced;
    private boolean behind;
    private volatile boolean ended;
    private boolean closed;

    RemoteEventStream(Link link, SessionId session, long afterSeq) {
        this.link = link;
        this.session = session;
        this.lastQueued = afterSeq;
        this.wake =
                new Envelope(session, 0, Instant.EPOCH, null, EventCodec.read("wake", Json.MAPPER.createObjectNode()));
        link.add(this);
        try {
            this.headSeq = attach(afterSeq);
        } catch (AgentException e) {
            link.remove(this);
            throw e;
        }
    }

    @Override
    public SessionId session() {
        return session;
    }

    @Override
    public synchronized long position() {
        return behind || ended ? Long.MAX_VALUE : lastQueued;
    }

    @Override
    public long headSeq() {
        return headSeq;
    }

    @Override
    public @Nullable Envelope next(@Nullable Duration timeout) throws InterruptedException {
        long deadline = timeout == null ? Long.MAX_VALUE : System.nanoTime() + timeout.toNanos();
        while (true) {
            Envelope next = events.poll();
            if (next == null) {
                catchUp();
                if (ended) {
                    throw link.ended();
                }
                next = timeout == null
                        ? events.take()
                        : events.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            if (next == null || !next.equals(wake)) {
                return next;
            }
        }
    }

    /// Takes what comes in its order, on the socket's thread. What does not fit the queue is asked for again
    /// later.
    @Override
    public synchronized void happened(Frame.Event event) {
        if (behind) {
            return;
        }
        long seq = event.seq() == null ? 0 : event.seq();
        Envelope envelope = envelope(event, seq);
        if (envelope.event() instanceof AgentEvent.Truncated) {
            announced = envelope;
        } else if (envelope.event() instanceof AgentEvent.Live) {
            if (!events.offer(envelope)) {
                fallBehind();
            }
        } else if (seq > lastQueued) { // else it was seen, or is of the gateway, such as who is present
            entry(envelope);
        }
    }

    /// Another stream of the session may have been told that something was truncated: it is for this one if the
    /// entry that comes next is the one it cannot continue.
    private void entry(Envelope entry) {
        Envelope told = announced;
        announced = null;
        boolean fits;
        if (entry.splitBy(lastQueued)) {
            fits = told != null && isOf(told, entry) && events.offer(told);
        } else {
            fits = entry.follows(lastQueued);
        }
        if (fits && events.offer(entry)) {
            lastQueued = entry.seq();
        } else {
            fallBehind();
        }
    }

    private static boolean isOf(Envelope told, Envelope entry) {
        return told.event() instanceof AgentEvent.Truncated truncated && truncated.fromSeq() == entry.firstSeq();
    }

    private synchronized void fallBehind() {
        behind = true;
        events.offer(wake);
    }

    /// Goes on over a new connection.
    @Override
    public synchronized void resume() {
        announced = null;
        fallBehind();
    }

    @Override
    public void end() {
        ended = true;
        events.offer(wake);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            end();
            link.remove(this);
        }
    }

    private void catchUp() {
        long after;
        synchronized (this) {
            if (!behind || ended) {
                return;
            }
            behind = false;
            after = lastQueued;
        }
        try {
            attach(after);
        } catch (AgentException e) {
            fallBehind();
            throw e;
        }
    }

    private long attach(long afterSeq) {
        long head = link.attach(session, afterSeq).headSeq();
        if (head < afterSeq) {
            throw new AgentException(EventStreams.ahead(afterSeq, head));
        }
        return head;
    }

    private Envelope envelope(Frame.Event event, long seq) {
        JsonNode run = event.payload().path("runId");
        return new Envelope(
                session,
                seq,
                event.time() == null ? Instant.now() : event.time(),
                run.isString() ? new RunId(run.stringValue()) : null,
                read(event),
                event.firstSeq() == null ? seq : Math.clamp(event.firstSeq(), Math.min(seq, 1), seq));
    }

    /// A gateway does not tell clients of one another's ids, but tells each which messages are its own.
    private AgentEvent read(Frame.Event event) {
        AgentEvent read = EventCodec.read(event.event(), event.payload());
        return read instanceof MessageReceived message
                        && event.payload().path("fromSelf").asBoolean(false)
                ? new MessageReceived(
                        message.messageId(),
                        message.role(),
                        message.content(),
                        message.timestamp(),
                        message.clientType(),
                        link.clientId(),
                        null,
                        message.attachments())
                : read;
    }
}
