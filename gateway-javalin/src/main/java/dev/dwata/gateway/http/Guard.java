package dev.dwata.gateway.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Stands before every route and before every upgrade.
final class Guard extends Handler.Wrapper {
    private static final String CONTENT_POLICY = "default-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "frame-ancestors 'none'; base-uri 'none'";

    private final Access access;

    Guard(Access access) {
        this.access = access;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        Access.Refusal refusal = access.refusal(asked(request));
        if (refusal == null) {
            return super.handle(request, response, callback);
        }
        refuse(response, callback, refusal);
        return true;
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

    private static void refuse(Response response, Callback callback, Access.Refusal refusal) {
        response.setStatus(refusal.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, ErrorBody.of(refusal.error()), callback);
    }
}
