package dev.dwata.agent.model;

import dev.dwata.types.AgentException;

/// Asks one provider's models. Implementations are stateless between calls and may be called from many threads.
public interface ModelClient {

    /// Asks the model and blocks until its reply is complete.
    ///
    /// What the model says is passed on to `sink` as it arrives, on the calling thread. A reply is complete
    /// only when the provider said so, and every tool call in it has its arguments whole; anything less is
    /// [dev.dwata.types.AgentError.StreamIncomplete], and none of it may be acted upon.
    ///
    /// @throws InterruptedException if the calling thread is interrupted, which is how a call is cancelled; its
    ///                              connection is closed by then
    /// @throws AgentException with `ModelNotConfigured`, `ModelRejected`, `ModelUnavailable`,
    ///                        `StreamIncomplete` or `ContextOverflow`
    ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException;
}
