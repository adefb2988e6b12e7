package dev.dwata.agent;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A run, seen through the stream of its session. The stream begins before the run's first event.
public final class FollowedRun implements Run {
    private final RunId id;
    private final SessionId session;
    private final int position;
    private final long seq;
    private final EventStream stream;
    private final AgentRuntime runtime;
    private boolean iterated;

    public FollowedRun(RunId id, SessionId session, int position, long seq, EventStream stream, AgentRuntime runtime) {
        this.id = id;
        this.session = session;
        this.position = position;
        this.seq = seq;
        this.stream = stream;
        this.runtime = runtime;
    }

    @Override
    public RunId id() {
        return id;
    }

    @Override
    public SessionId sessionId() {
        return session;
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public synchronized Iterator<AgentEvent> iterator() {
        if (iterated) {
            throw new IllegalStateException("the events of a run can be iterated once; follow the session to see more");
        }
        iterated = true;
        return new Events();
    }

    @Override
    public void cancel(String reason) {
        runtime.cancel(id, reason);
    }

    @Override
    public void close() {
        stream.close();
    }

    private final class Events implements Iterator<AgentEvent> {
        private @Nullable AgentEvent next;
        private boolean over;

        @Override
        public boolean hasNext() {
            while (next == null && !over) {
                Envelope envelope = await();
                if (id.equals(envelope.runId())) {
                    next = envelope.event();
                    over = next instanceof AgentEvent.Terminal;
                }
            }
            if (over) {
                stream.close();
            }
            return next != null;
        }

        @Override
        public AgentEvent next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("the run is over");
            }
            AgentEvent event = next;
            next = null;
            return event;
        }

        private Envelope await() {
            try {
                Envelope envelope = stream.next(null);
                if (envelope == null) {
                    throw new IllegalStateException("a stream without a time limit gave nothing");
                }
                return envelope;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AgentException(
                        new AgentError.Interrupted("interrupted while waiting for the events of " + id), e);
            }
        }
    }
}
