package dev.dwata.gateway.http;

/// Tells how the service does.
public interface HealthCheck {
    /// Asks the storage a real question; may block for seconds.
    ///
    /// @throws dev.dwata.types.AgentException if it does not answer
    void check();

    String version();

    long uptimeSeconds();
}
