package dev.dwata.gateway.http;

/// Tells how the service does.
public interface HealthCheck {
    /// Asks the storage a real question, and whether it takes what is written; may block for seconds.
    ///
    /// @throws dev.dwata.types.AgentException if it does not
    void check();

    /// Asks the storage for something that is only read.
    ///
    /// @throws dev.dwata.types.AgentException if it does not answer
    void checkReading();

    String version();

    long uptimeSeconds();
}
