package dev.dwata.gateway.http;

import dev.dwata.types.AgentError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Lets only so many requests be under way at the same time, whose bodies come as they are and in time.
final class Requests extends Handler.Wrapper {
    private final HttpLimits limits;
    private final AtomicInteger underWay = new AtomicInteger();

    Requests(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isEncoded(request)) {
            refuse(
                    response,
                    callback,
                    415,
                    new AgentError.Unsupported("a body must be sent as it is, without a Content-Encoding"));
            return true;
        }
        if (underWay.incrementAndGet() > limits.requests()) {
            underWay.decrementAndGet();
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            refuse(
                    response,
                    callback,
                    503,
                    new AgentError.RateLimited(
                            "too many requests are under way; try again in a second", Duration.ofSeconds(1)));
            return true;
        }
        Request.addCompletionListener(request, failure -> underWay.decrementAndGet());
        boolean hasBody = request.getLength() != 0;
        return super.handle(hasBody ? new TimelyBody(request, limits.bodyWithin()) : request, response, callback);
    }

    /// What is packed may be a thousand times as long when it is unpacked.
    private static boolean isEncoded(Request request) {
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    private static void refuse(Response response, Callback callback, int status, AgentError error) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, ErrorBody.of(error), callback);
    }
}
