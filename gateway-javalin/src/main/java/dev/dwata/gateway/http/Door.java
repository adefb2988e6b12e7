package dev.dwata.gateway.http;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/// One of the protocols that are spoken over HTTP at the gateway's port. All stand behind the [Guard].
public interface Door {
    /// Adds its routes.
    void register(RouteTable routes);

    /// Adds servlets, for a protocol that a library brings as one.
    default void servlets(ServletContextHandler context) {}

    /// The gateway is about to close: ends what would keep its clients waiting, at once.
    default void end() {}
}
