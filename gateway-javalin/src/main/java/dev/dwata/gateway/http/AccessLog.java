package dev.dwata.gateway.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for each request, for who looks after a gateway: no payload, no query, no token, and of the path
/// only
/// which route it was. Nothing where the log `dwata.access` does not tell what is of interest only.
final class AccessLog implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger("dwata.access");

    @Override
    public void answered(Answered request) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} {} {} {}ms {}B principal={} token={} request={}",
                    request.method(),
                    request.route() == null ? "-" : request.route(),
                    request.status(),
                    request.time().toMillis(),
                    request.bytes(),
                    request.caller() == null
                            ? "-"
                            : request.caller().principal().id(),
                    request.caller() == null || request.caller().token() == null
                            ? "-"
                            : request.caller().token(),
                    request.id());
        }
    }
}
