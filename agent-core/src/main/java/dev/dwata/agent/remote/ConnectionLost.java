package dev.dwata.agent.remote;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;

/// The connection ended before the gateway has answered: what was asked may or may not have been done.
final class ConnectionLost extends AgentException {
    private static final long serialVersionUID = 1L;

    ConnectionLost() {
        super(new AgentError.Interrupted("the connection to the gateway is lost"));
    }
}
