package dev.dwata.gateway.agui;

import dev.dwata.agent.EventStream;
import dev.dwata.gateway.http.Followers;
import dev.dwata.gateway.http.Patience;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// One run of a client as server-sent events, from the log. The run goes on without its reader, who may come
/// back and read on.
final class ChatStream {
    private static final Logger LOG = LoggerFactory.getLogger(ChatStream.class);

    private final Services parts;
    private final Followers followers;

    ChatStream(Services parts) {
        this.parts = parts;
        this.followers = parts.followers();
    }

    /// @param after the last event that the client has
    /// @throws AgentException before anything is sent: `Conflict` where the events cannot be continued there
    void send(Context context, Principal owner, Segment segment, Position after) {
        EventStream stream = followers.open(owner, segment.session(), segment.admittedSeq() - 1);
        try {
            check(segment, after, stream.headSeq());
            Duration silence = followers.limits().keepAlive().multipliedBy(3);
            try (Patience patience = Patience.with(context.req(), silence)) {
                LOG.debug("run {} is told over {}", segment.run(), patience.connection());
                deliver(new EventFold(segment, owner), after, stream, begin(context.res(), segment));
            }
        } catch (IOException e) {
            LOG.debug("a client of run {} has gone: {}", segment.run(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            followers.close(stream);
        }
    }

    private void check(Segment segment, Position after, long head) {
        if (after.seq() > head) {
            throw new AgentException(new AgentError.Conflict(
                    "the session's log ends at " + head + ", before the event " + after, Map.of("headSeq", head)));
        }
        if (after.seq() > segment.start()) {
            List<Envelope> at = parts.store().log().read(segment.session(), after.seq() - 1, 1);
            if (!at.isEmpty() && at.getFirst().merged()) {
                throw new AgentException(new AgentError.Conflict(
                        "events around " + after + " were put together since; read the run from its beginning"));
            }
        }
    }

    private static OutputStream begin(HttpServletResponse response, Segment segment) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no"); // else nginx collects what should come at once
        response.setHeader("X-Session-Id", segment.session().value());
        return response.getOutputStream();
    }

    private void deliver(EventFold fold, Position after, EventStream stream, OutputStream out)
            throws IOException, InterruptedException {
        while (!fold.isOver()) {
            Envelope next = next(stream, out);
            if (next != null) {
                write(next.seq(), fold.of(next), after, out);
            } else if (isOver(fold)) {
                return;
            } else {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        out.flush();
    }

    /// JSON on one line, and lines that end with LF: whatever a model says, it ends no event.
    private static void write(long seq, List<ObjectNode> events, Position after, OutputStream out) throws IOException {
        for (int i = 0; i < events.size(); i++) {
            Position position = new Position(seq, i);
            if (position.compareTo(after) > 0) {
                String data = Json.MAPPER.writeValueAsString(events.get(i));
                out.write(("id: " + position + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /// @return absent when nothing came in time, or nothing will
    private @Nullable Envelope next(EventStream stream, OutputStream out) throws IOException, InterruptedException {
        try {
            Envelope ready = stream.next(Duration.ZERO);
            if (ready != null) {
                return ready;
            }
            out.flush();
            return stream.next(followers.limits().keepAlive());
        } catch (AgentException e) {
            if (!followers.closing()) {
                LOG.warn("a chat's events have ended: {}", e.getMessage());
                throw new IOException(e);
            }
            return null;
        }
    }

    private boolean isOver(EventFold fold) {
        return followers.closing()
                || parts.store()
                        .sessions()
                        .find(fold.owner(), fold.segment().session())
                        .isEmpty();
    }
}
