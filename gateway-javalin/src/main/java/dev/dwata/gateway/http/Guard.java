package dev.dwata.gateway.http;

import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Gatekeeper;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Stands before every route and before every upgrade.
final class Guard extends Handler.Wrapper {
    private static final String CONTENT_POLICY = "default-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "object-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    /// The attribute of a request that holds its [Caller].
    static final String CALLER = Caller.class.getName();

    private static final String SCHEME = "Bearer ";

    private final Access access;
    private final Gatekeeper gatekeeper;

    Guard(Access access, Gatekeeper gatekeeper) {
        this.access = access;
        this.gatekeeper = gatekeeper;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        Access.Asked asked = asked(request);
        access.cors().write(asked.path(), response.getHeaders());
        Access.Refusal refusal = access.refusal(asked);
        if (refusal == null && access.isPreflight(asked)) {
            response.setStatus(204);
            callback.succeeded();
            return true;
        }
        if (refusal == null && !Access.isOpen(asked.method(), asked.path())) {
            refusal = admit(request);
        }
        if (refusal == null) {
            return super.handle(request, response, callback);
        }
        refuse(response, callback, asked.path(), refusal);
        return true;
    }

    /// What is under way for a caller, be it a stream without end, ends with the caller's token.
    private Access.@Nullable Refusal admit(Request request) {
        try {
            Caller caller = gatekeeper.admit(bearer(request.getHeaders()), peer(request));
            request.setAttribute(CALLER, caller);
            if (caller.token() != null) {
                Gatekeeper.Stay stay = gatekeeper.stays(
                        caller,
                        () -> request.getConnectionMetaData()
                                .getConnection()
                                .getEndPoint()
                                .close());
                Request.addCompletionListener(request, failure -> stay.close());
            }
            return null;
        } catch (AgentException e) {
            return new Access.Refusal(ErrorBody.status(e.error()), e.error());
        }
    }

    /// The other end of the connection, whatever the request says of itself.
    static InetAddress peer(Request request) {
        SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress()
                : new InetSocketAddress(0).getAddress(); // not of this machine, as far as is known
    }

    /// The token of a request; absent where there is none, or more than one.
    static @Nullable String bearer(HttpFields headers) {
        List<String> sent = all(headers, HttpHeader.AUTHORIZATION);
        return sent.size() == 1 && sent.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? sent.getFirst().substring(SCHEME.length()).strip()
                : null;
    }

    static void secure(HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", CONTENT_POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    private static Access.Asked asked(Request request) {
        HttpFields headers = request.getHeaders();
        return new Access.Asked(
                request.getMethod(),
                Request.getPathInContext(request),
                request.getHttpURI().getQuery(),
                all(headers, HttpHeader.HOST),
                all(headers, HttpHeader.ORIGIN),
                headers.get("Sec-Fetch-Site"),
                headers.get(HttpHeader.CONTENT_TYPE));
    }

    private static List<String> all(HttpFields headers, HttpHeader name) {
        return headers.stream()
                .filter(field -> field.getHeader() == name)
                .map(HttpField::getValue)
                .toList();
    }

    private static long seconds(Duration time) {
        return Math.max(1, time.toSeconds());
    }

    private static void refuse(Response response, Callback callback, String path, Access.Refusal refusal) {
        response.setStatus(refusal.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (refusal.status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        if (refusal.error() instanceof AgentError.RateLimited limited && limited.retryAfter() != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds(limited.retryAfter()));
        }
        Content.Sink.write(response, true, ErrorBody.of(path, refusal.error()), callback);
    }
}
