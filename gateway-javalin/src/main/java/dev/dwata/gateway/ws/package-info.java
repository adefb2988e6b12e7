/// Protocol version 1 over sockets: requests in, one response each, and the events of the sessions that a
/// connection follows. [dev.dwata.gateway.ws.Protocol] is the way in.
///
///     socket ─► Inbox ─► Dialogue ─► Methods ─► runtime          one virtual thread per connection
///     log ─► Rooms ─► Room ─► Subscription ─► Outbox ─► socket    one encoding per event, whoever follows
@NullMarked
package dev.dwata.gateway.ws;

import org.jspecify.annotations.NullMarked;
