package dev.dwata.agent;

import dev.dwata.agent.store.MessagePage;
import dev.dwata.types.AgentException;
import dev.dwata.types.MessageId;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import org.jspecify.annotations.Nullable;

/// A durable conversation.
public interface Session {
    SessionId id();

    /// As it is now.
    SessionInfo info();

    default Run prompt(String message) {
        return prompt(Prompt.of(message));
    }

    /// Gives the session a message to answer. Returns when the message is safely stored; the run then waits
    /// until those before it are over.
    ///
    /// @throws AgentException with `InvalidRequest` for an empty message or an unknown model,
    ///                        `IdempotencyConflict`
    Run prompt(Prompt prompt);

    /// Messages of users and assistants, oldest first.
    ///
    /// @param limit  1 to 200
    /// @param before only older ones; absent: the latest
    MessagePage history(int limit, @Nullable MessageId before);

    /// Follows the log: first the entries after `afterSeq`, then, without a gap, what happens.
    ///
    /// @param afterSeq 0 for everything
    /// @throws AgentException with `InvalidRequest` if negative, `Conflict` if ahead of the log
    EventStream events(long afterSeq);

    void rename(String title);

    /// Puts the session away; it stays readable, and a new message brings it back.
    void archive();
}
