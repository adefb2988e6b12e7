package dev.dwata.agent.store;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;

/// A run is no longer this process's to carry out: another has taken it over, or ended it. Nothing more is to
/// be said about it here.
public final class ClaimLostException extends AgentException {
    public ClaimLostException(RunId run) {
        super(new AgentError.Conflict("run " + run + " was taken over, or ended, by another process"));
    }
}
