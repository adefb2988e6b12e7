package dev.dwata.cli.chat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Session;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows everything that happens in a session, whoever asked for it, on a thread of its own.
final class SessionFollower implements AutoCloseable {
    private static final int REMEMBERED = 64;

    private final Session session;
    private final EventStream stream;
    private final EventPrinter printer;
    private final Thread thread;
    private final Set<RunId> ended = new LinkedHashSet<>();
    private @Nullable AgentException failure;
    private boolean closed;

    /// @param afterSeq what comes after it is shown
    SessionFollower(Session session, long afterSeq, EventPrinter printer) {
        this.session = session;
        this.stream = session.events(afterSeq);
        this.printer = printer;
        this.thread = Thread.ofVirtual().name("dwata-follow").start(this::follow);
    }

    Session session() {
        return session;
    }

    /// Waits until the last event of a run was shown.
    ///
    /// @throws AgentException if the session cannot be followed any more
    synchronized void awaitEnd(RunId run) throws InterruptedException {
        while (!ended.remove(run)) {
            if (failure != null) {
                throw failure;
            }
            wait();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stream.close();
        thread.interrupt();
    }

    private void follow() {
        try {
            while (true) {
                Envelope next = stream.next(null);
                if (next != null) {
                    printer.print(next);
                    noteEnd(next);
                }
            }
        } catch (AgentException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new AgentException(new AgentError.Interrupted("the session is not followed any more"), e));
        }
    }

    private synchronized void noteEnd(Envelope envelope) {
        if (envelope.event() instanceof Terminal && envelope.runId() != null) {
            if (ended.size() == REMEMBERED) {
                ended.remove(ended.iterator().next());
            }
            ended.add(envelope.runId());
            notifyAll();
        }
    }

    private synchronized void fail(AgentException problem) {
        if (!closed) {
            failure = problem;
        }
        notifyAll();
    }
}
