package dev.dwata.gateway.http;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.EventStreams;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.DrainingPayload;
import dev.dwata.types.wire.SyncedPayload;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session's log as server-sent events. The thread of the request reads and writes at the pace of its client:
/// what the client does not take waits in the log, and a client that takes nothing while it was told three
/// times that the stream is alive is dropped.
final class EventRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

    private final Services parts;
    private final Followers followers;

    EventRoutes(Services parts) {
        this.parts = parts;
        this.followers = parts.followers();
    }

    void register(RouteTable routes) {
        routes.get("/api/v1/sessions/{id}/events", Scope.READ, this::follow)
                .about("sessions", "Follow the events of a session")
                .details("Server-sent events: first the entries of the log after the cursor, then a synced event, "
                        + "then what happens. The id of an event is its seq.")
                .query("afterSeq", Long.class, "where to begin; default 0, everything")
                .header("Last-Event-ID", "the same, and wins")
                .answers(200, "text/event-stream", "events until the client goes");
    }

    void follow(Context context, Caller caller) {
        SessionId session = Asked.id(context, SessionId::new);
        parts.sessions().find(caller.principal(), session);
        long after = cursor(context);
        EventStream stream = followers.open(caller.principal(), session, after);
        Duration silence = followers.limits().keepAlive().multipliedBy(3);
        try (Patience patience = Patience.with(context.req(), silence)) {
            LOG.debug("session {} is followed over {}", session, patience.connection());
            deliver(caller.principal(), session, stream, after, begin(context.res()));
        } catch (IOException e) {
            LOG.debug("a client of session {} has gone: {}", session, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            followers.close(stream);
        }
    }

    /// The header wins: a browser that comes back sends it to the address it was given first.
    private static long cursor(Context context) {
        String header = Asked.header(context, "Last-Event-ID");
        String query = Asked.query(context, "afterSeq");
        String value = header == null || header.isEmpty() ? query : header;
        if (value == null) {
            return 0;
        }
        long after = Asked.integer("afterSeq", value);
        EventStreams.checkCursor(after);
        return after;
    }

    private static EventWriter begin(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no"); // else nginx collects what should come at once
        EventWriter out = new EventWriter(response.getOutputStream());
        out.reconnectAfter(Duration.ofSeconds(1));
        return out;
    }

    private void deliver(Principal owner, SessionId session, EventStream stream, long after, EventWriter out)
            throws IOException, InterruptedException {
        long sent = after;
        boolean synced = false;
        while (true) {
            if (!synced && sent >= stream.headSeq()) {
                synced = true;
                out.event("synced", new SyncedPayload(session, sent));
            }
            Envelope next = next(stream, out);
            if (next != null) {
                out.event(next);
                sent = Math.max(sent, next.seq());
            } else if (isOver(owner, session)) {
                if (followers.closing()) {
                    out.event("gateway.draining", new DrainingPayload(Instant.now()));
                    out.flush();
                }
                return;
            } else {
                out.comment("still here");
            }
        }
    }

    /// @return absent when nothing came in time, or nothing will
    private @Nullable Envelope next(EventStream stream, EventWriter out) throws IOException, InterruptedException {
        try {
            Envelope ready = stream.next(Duration.ZERO);
            if (ready != null) {
                return ready;
            }
            out.flush();
            return stream.next(followers.limits().keepAlive());
        } catch (AgentException e) {
            if (!followers.closing()) {
                LOG.warn("a stream of events has ended: {}", e.getMessage());
                throw new IOException(e);
            }
            return null;
        }
    }

    /// Whether there is nothing to follow any more.
    private boolean isOver(Principal owner, SessionId session) {
        return followers.closing()
                || parts.store().sessions().find(owner, session).isEmpty();
    }
}
