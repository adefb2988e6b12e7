package dev.dwata.gateway.http;

import dev.dwata.gateway.auth.Caller;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/// Gives each request an id, which its answer names, and tells how it was answered.
final class Exchanges extends Handler.Wrapper implements RequestLog {
    private static final String HEADER = "X-Request-Id";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String ATTRIBUTE = Exchange.class.getName();

    private final List<RequestListener> listeners;

    Exchanges(List<RequestListener> listeners) {
        this.listeners = listeners;
    }

    /// What is known of a request while it is answered.
    static final class Exchange {
        private final String id;
        private volatile @Nullable String route;

        private Exchange(String id) {
            this.id = id;
        }
    }

    /// Notes which route answers.
    ///
    /// @param exchange the attribute of a request that came through here
    static void routed(@Nullable Object exchange, String route) {
        if (exchange instanceof Exchange known) {
            known.route = route;
        }
    }

    static String attribute() {
        return ATTRIBUTE;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String sent = request.getHeaders().get(HEADER);
        Exchange exchange = new Exchange(
                sent != null && ID.matcher(sent).matches()
                        ? sent
                        : UUID.randomUUID().toString());
        request.setAttribute(ATTRIBUTE, exchange);
        response.getHeaders().put(HEADER, exchange.id);
        return super.handle(request, response, callback);
    }

    @Override
    public void log(Request request, Response response) {
        Exchange exchange = request.getAttribute(ATTRIBUTE) instanceof Exchange known ? known : new Exchange("-");
        Answered answered = new Answered(
                HttpMethod.fromString(request.getMethod()) == null ? "OTHER" : request.getMethod(),
                exchange.route,
                response.getStatus(),
                Duration.ofNanos(NanoTime.since(request.getBeginNanoTime())),
                Response.getContentBytesWritten(response),
                exchange.id,
                request.getAttribute(Guard.CALLER) instanceof Caller caller ? caller : null);
        listeners.forEach(listener -> listener.answered(answered));
    }
}
