package dev.dwata.gateway.ws;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Gatekeeper;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.ConnectLimits;
import dev.dwata.types.wire.ConnectParams;
import dev.dwata.types.wire.ConnectPayload;
import dev.dwata.types.wire.SessionView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Answers the first message of a connection, which must be `connect`. Whatever is wrong with it is said, and
/// the connection closed.
final class Handshake {
    static final String CONNECT = "connect";

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
    private static final String VERSION = "1";
    private static final int MAX_NAME = 200;

    private final Gatekeeper gatekeeper;
    private final String gatewayVersion;
    private final List<String> methods;
    private final SessionOperations sessions;
    private final InputOperations inputs;
    private final SessionLog log;
    private final ParamsReader<ConnectParams> params = new ParamsReader<>(ConnectParams.class);

    Handshake(
            Gatekeeper gatekeeper,
            String gatewayVersion,
            List<String> methods,
            SessionOperations sessions,
            InputOperations inputs,
            SessionLog log) {
        this.gatekeeper = gatekeeper;
        this.gatewayVersion = gatewayVersion;
        this.methods = methods;
        this.sessions = sessions;
        this.inputs = inputs;
        this.log = log;
    }

    void answer(Connection from, Incoming first) {
        switch (first) {
            case Incoming.Unreadable unreadable -> refuse(from, null, unreadable.error());
            case Incoming.NoRequest other -> refuse(from, other.id(), other.error());
            case Incoming.Request request -> {
                if (request.method().equals(CONNECT)) {
                    connect(from, request);
                } else {
                    refuse(from, request.id(), new AgentError.InvalidRequest("the first request must be connect"));
                }
            }
        }
    }

    private void connect(Connection from, Incoming.Request request) {
        JsonNode version = request.params() == null ? null : request.params().get("version");
        if (version != null && version.isString() && !version.stringValue().equals(VERSION)) {
            AgentError error = new AgentError.Unsupported("version must be \"" + VERSION + "\"");
            from.fail(request.id(), error);
            from.end(Closing.UNKNOWN_VERSION, "unknown protocol version");
            return;
        }
        try {
            accept(from, request, params.read(request.params()));
        } catch (AgentException e) {
            refuse(from, request.id(), e.error());
        } catch (RuntimeException e) {
            LOG.error("connect failed", e);
            from.fail(request.id(), new AgentError.Internal("internal error"));
            from.end(Closing.INTERNAL, "internal error");
        }
    }

    private void accept(Connection from, Incoming.Request request, ConnectParams asked) {
        shortEnough("clientId", asked.clientId());
        shortEnough("clientName", asked.clientName());
        Caller caller = gatekeeper.admit(asked.token() == null ? from.upgradeToken() : asked.token(), from.peer());
        Identity client = new Identity(caller, asked.clientType(), asked.clientName(), asked.clientId());
        SessionId wanted = asked.sessionId();
        if (wanted == null && asked.afterSeq() != null) {
            throw new AgentException(new AgentError.InvalidRequest("afterSeq needs a sessionId"));
        }
        SessionView session = wanted == null ? null : sessions.view(client.principal(), wanted);
        Following.From start = wanted == null ? null : Cursors.from(asked.afterSeq(), log.headSeq(wanted));
        boolean known = from.connected(client, Boolean.TRUE.equals(asked.batch()), wanted);
        from.outbox().send(Outgoing.response(request.id(), payload(from, client, known, session)));
        if (wanted != null && start != null) {
            Methods.follow(from, () -> from.following().enter(wanted, start));
        }
    }

    private ConnectPayload payload(Connection from, Identity client, boolean known, @Nullable SessionView session) {
        WsLimits limits = from.limits();
        return new ConnectPayload(
                gatewayVersion,
                VERSION,
                methods,
                from.id(),
                client.principal(),
                client.caller().scopes().stream().sorted().map(Scope::wireName).toList(),
                new ConnectLimits(
                        limits.maxMessageBytes(),
                        limits.outboxFrames(),
                        limits.outboxBytes(),
                        limits.ping().toMillis()),
                known,
                session,
                session == null ? null : inputs.of(client.principal(), session.id()));
    }

    private static void shortEnough(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_NAME)) {
            throw new AgentException(
                    new AgentError.InvalidRequest(field + " must be 1 to " + MAX_NAME + " characters"));
        }
    }

    private static void refuse(Connection from, @Nullable JsonNode id, AgentError error) {
        from.fail(id, error);
        boolean stranger = error instanceof AgentError.Unauthenticated || error instanceof AgentError.RateLimited;
        from.end(stranger ? Closing.NOT_AUTHENTICATED : Closing.BAD_FRAME, "connect was refused");
    }
}
