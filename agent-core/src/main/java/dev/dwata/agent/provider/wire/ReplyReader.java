package dev.dwata.agent.provider.wire;

import dev.dwata.types.AgentException;
import tools.jackson.core.JacksonException;

/// Puts one reply together from the events of its stream.
public interface ReplyReader {

    /// Takes the next event.
    ///
    /// @return whether the provider marked the end of its reply with it
    /// @throws AgentException   if it tells of an error
    /// @throws JacksonException if it is not JSON
    boolean accept(SseEvent event) throws InterruptedException;

    /// Whether the reply is complete if the stream ends here in good order.
    boolean mayEnd();

    /// Whether anything of the answer has come.
    boolean started();
}
