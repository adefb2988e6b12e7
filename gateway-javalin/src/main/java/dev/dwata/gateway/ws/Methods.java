package dev.dwata.gateway.ws;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the requests of clients that have connected.
final class Methods {
    private static final Logger LOG = LoggerFactory.getLogger(Methods.class);

    private final Map<String, Method<?>> methods = new LinkedHashMap<>();

    Methods(List<Method<?>> all) {
        for (Method<?> method : all) {
            methods.put(method.name(), method);
        }
    }

    List<String> names() {
        return List.copyOf(methods.keySet());
    }

    /// Sends exactly one response, and then does what follows from the request.
    void answer(Connection from, Incoming.Request request) {
        Method<?> method = methods.get(request.method());
        if (method == null) {
            from.fail(request.id(), unknown(request.method()));
            return;
        }
        if (method.ackFirst()) {
            from.outbox().hold();
        }
        try {
            follow(from, respond(from, request, method));
        } finally {
            if (method.ackFirst()) {
                from.outbox().release();
            }
        }
    }

    /// @return what follows
    private static Runnable respond(Connection from, Incoming.Request request, Method<?> method) {
        try {
            Method.Answer answer = method.answer(from, request);
            from.outbox().send(Outgoing.response(request.id(), answer.payload()));
            return answer.then();
        } catch (AgentException e) {
            from.fail(request.id(), e.error());
        } catch (RuntimeException e) {
            LOG.error("{} failed", request.method(), e);
            from.fail(request.id(), internal());
        }
        return () -> {};
    }

    /// Does what follows from a request that was answered; it cannot be taken back, so a failure ends the
    /// connection.
    static void follow(Connection from, Runnable then) {
        try {
            then.run();
        } catch (AgentException e) {
            LOG.warn("a connection could not follow its session: {}", e.getMessage());
            from.end(Closing.TRY_AGAIN, "the session could not be followed");
        } catch (RuntimeException e) {
            LOG.error("following a session failed", e);
            from.end(Closing.INTERNAL, "internal error");
        }
    }

    private AgentError unknown(String method) {
        if (method.equals(Handshake.CONNECT)) {
            return new AgentError.Conflict("this connection is connected already");
        }
        String shown = method.length() <= 60 ? method : method.substring(0, method.offsetByCodePoints(0, 40)) + "…";
        return new AgentError.InvalidRequest(
                "method '" + shown + "' is not known; known: " + String.join(", ", methods.keySet()));
    }

    private static AgentError internal() {
        return new AgentError.Internal("internal error: see the gateway's log");
    }
}
