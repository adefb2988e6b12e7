package dev.dwata.gateway.agui;

import dev.dwata.agent.ClientTools.Offer;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tools that clients send along with a request: the model is offered them until the run is over, whether
/// or not the client stays connected, since it answers with a request of its own.
final class LentTools {
    private static final Logger LOG = LoggerFactory.getLogger(LentTools.class);
    private static final int MOST = 256;

    private final LocalRuntime runtime;
    private final Set<String> own;
    private final Set<EventStream> watched = new HashSet<>();
    private boolean closed;

    LentTools(LocalRuntime runtime) {
        this.runtime = runtime;
        this.own = runtime.tools().specs().stream().map(LentTools::key).collect(Collectors.toUnmodifiableSet());
    }

    private static String key(ToolSpec spec) {
        return spec.name().toLowerCase(Locale.ROOT);
    }

    /// Offers tools in the name of a client's run. One that has the name of a tool of dwata's own is left out:
    /// clients describe those, too.
    ///
    /// @return whether something is offered that was not before
    /// @throws AgentException with `InvalidRequest` naming the tool that is wrong, `RateLimited`
    boolean offer(SessionId session, RunName name, List<Offer> tools) {
        List<Offer> theirs = tools.stream()
                .filter(tool -> !own.contains(tool.name().toLowerCase(Locale.ROOT)))
                .toList();
        boolean isNew = runtime.clientTools().names(session, name.sender()).isEmpty();
        if (!theirs.isEmpty()) {
            checkRoom();
            runtime.clientTools().register(session, name.sender(), theirs);
        }
        return isNew && !theirs.isEmpty();
    }

    void takeBack(SessionId session, RunName name) {
        runtime.clientTools().unregister(session, name.sender(), null);
    }

    /// Takes the tools back when the run has ended for which they were offered.
    void takeBackAfter(Principal owner, Segment segment) {
        if (runtime.clientTools()
                .names(segment.session(), segment.name().sender())
                .isEmpty()) {
            return;
        }
        EventStream stream = runtime.as(owner).session(segment.session()).events(segment.admittedSeq() - 1);
        synchronized (this) {
            watched.add(stream);
            if (closed) {
                stream.close();
            }
        }
        Thread.ofVirtual().name("dwata-lent-tools").start(() -> await(stream, segment));
    }

    private synchronized void checkRoom() {
        if (closed || watched.size() >= MOST) {
            throw new AgentException(new AgentError.RateLimited(
                    "at most " + MOST + " runs may have tools of clients at the same time", null));
        }
    }

    private void await(EventStream stream, Segment segment) {
        try {
            Envelope next = stream.next(null);
            while (next == null
                    || !segment.run().equals(next.runId())
                    || !(next.event() instanceof AgentEvent.Terminal)) {
                next = stream.next(null);
            }
        } catch (AgentException e) {
            LOG.debug("the end of {} is not seen: {}", segment.run(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            takeBack(segment.session(), segment.name());
            stream.close();
            synchronized (this) {
                watched.remove(stream);
            }
        }
    }

    synchronized void close() {
        closed = true;
        watched.forEach(EventStream::close);
    }
}
