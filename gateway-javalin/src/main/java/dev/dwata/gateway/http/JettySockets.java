package dev.dwata.gateway.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the WebSockets of Jetty ours, one for each upgrade. No extension is accepted: compressing what stays
/// on one machine costs more than it saves.
record JettySockets(SocketAcceptor acceptor) implements WebSocketCreator {

    @Override
    public @Nullable Object createWebSocket(
            ServerUpgradeRequest request, ServerUpgradeResponse response, org.eclipse.jetty.util.Callback callback) {
        if (!acceptor.accepts()) {
            Response.writeError(request, response, callback, 503);
            return null;
        }
        response.setExtensions(List.of());
        return new Endpoint(acceptor, Guard.bearer(request.getHeaders()), Guard.peer(request));
    }

    /// Takes messages in parts, so that their size and the number of their fragments are checked while they
    /// arrive, and reads only on demand, so that a busy listener stops the peer. Public, because Jetty looks
    /// its methods up.
    public static final class Endpoint implements Session.Listener, Socket {
        private static final Logger LOG = LoggerFactory.getLogger(JettySockets.class);
        private static final int MAX_EMPTY_FRAGMENTS = 64;

        private final @Nullable String token;
        private final InetAddress peer;
        private final SocketAcceptor acceptor;
        private final AtomicBoolean demanded = new AtomicBoolean();
        private final AtomicBoolean closedToListener = new AtomicBoolean();
        private final StringBuilder message = new StringBuilder();
        private int messageBytes;
        private int emptyFragments;
        private boolean binaryBegun;
        private volatile boolean closing;
        private @Nullable Session session;
        private @Nullable SocketListener listener;

        Endpoint(SocketAcceptor acceptor, @Nullable String token, InetAddress peer) {
            this.token = token;
            this.peer = peer;
            this.acceptor = acceptor;
        }

        @Override
        public @Nullable String token() {
            return token;
        }

        @Override
        public InetAddress peer() {
            return peer;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            listener = acceptor.open(this);
        }

        @Override
        public void onWebSocketPartialText(String part, boolean last) {
            demanded.set(false);
            if (closing || listener == null) {
                demand();
                return;
            }
            messageBytes += Utf8.length(part);
            emptyFragments = part.isEmpty() && !last ? emptyFragments + 1 : 0;
            if (messageBytes > listener.maxTextBytes()) {
                listener.violated(1009, "a message may have at most " + listener.maxTextBytes() + " bytes");
            } else if (emptyFragments > MAX_EMPTY_FRAGMENTS) {
                listener.violated(1008, "too many empty fragments");
            } else if (last) {
                listener.text(whole(part));
            } else {
                message.append(part);
                demand();
            }
        }

        private String whole(String lastPart) {
            messageBytes = 0;
            if (message.isEmpty()) {
                return lastPart;
            }
            String whole = message.append(lastPart).toString();
            message.setLength(0);
            message.trimToSize();
            return whole;
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer part, boolean last, Callback callback) {
            demanded.set(false);
            callback.succeed();
            boolean first = !binaryBegun;
            binaryBegun = !last;
            if (closing || listener == null || !first) {
                demand();
            } else {
                listener.binary();
            }
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            demanded.set(false);
            if (listener != null) {
                listener.pong();
            }
            demand();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            LOG.debug("a WebSocket failed: {}", cause.toString());
        }

        @Override
        public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
            over();
            callback.succeed();
        }

        private void over() {
            closing = true;
            if (listener != null && closedToListener.compareAndSet(false, true)) {
                listener.closed();
            }
        }

        @Override
        public void send(String text, Runnable sent, Runnable failed) {
            if (session == null) {
                failed.run();
            } else {
                session.sendText(text, Callback.from(sent, cause -> failed.run()));
            }
        }

        @Override
        public void ping() {
            if (session != null && !closing) {
                session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
            }
        }

        @Override
        public void demand() {
            if (session != null && demanded.compareAndSet(false, true)) {
                session.demand();
            }
        }

        @Override
        public void close(int code, String reason) {
            if (session != null && !closing) {
                closing = true;
                session.close(code, reason, Callback.NOOP);
                demand();
            }
        }

        @Override
        public void drop() {
            if (session != null) {
                session.disconnect();
            }
            over();
        }
    }
}
