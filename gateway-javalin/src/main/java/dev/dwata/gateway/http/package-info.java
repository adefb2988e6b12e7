/// The web server: HTTP routes, the guard before them, and WebSockets as plain sockets without a protocol.
@NullMarked
package dev.dwata.gateway.http;

import org.jspecify.annotations.NullMarked;
