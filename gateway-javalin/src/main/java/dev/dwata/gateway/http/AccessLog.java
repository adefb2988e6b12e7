package dev.dwata.gateway.http;

import dev.dwata.gateway.auth.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for each request, for who looks after a gateway: no payload, no query, no token, and of the path
/// only which route it was. What the line tells is in its fields, too. Nothing where the log `dwata.access`
/// does not tell what is of interest only.
final class AccessLog implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger("dwata.access");

    @Override
    public void answered(Answered request) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        Caller caller = request.caller();
        String route = orNone(request.route());
        String principal = orNone(caller == null ? null : caller.principal().id());
        String token = orNone(caller == null ? null : caller.token());
        LOG.atInfo()
                .addKeyValue("method", request.method())
                .addKeyValue("route", route)
                .addKeyValue("status", request.status())
                .addKeyValue("ms", request.time().toMillis())
                .addKeyValue("bytes", request.bytes())
                .addKeyValue("principal", principal)
                .addKeyValue("token", token)
                .addKeyValue("request", request.id())
                .log(
                        "{} {} {} {}ms {}B principal={} token={} request={}",
                        request.method(),
                        route,
                        request.status(),
                        request.time().toMillis(),
                        request.bytes(),
                        principal,
                        token,
                        request.id());
    }

    private static String orNone(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
