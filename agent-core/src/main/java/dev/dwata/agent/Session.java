package dev.dwata.agent;

import dev.dwata.agent.store.MessagePage;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.MessageId;
import dev.dwata.types.Participant;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.util.List;
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

    /// Asks for a record and waits for it: see [#ask(Prompt, Class)].
    default <T extends Record> Answer<T> ask(String message, Class<T> type) {
        return ask(Prompt.of(message), type);
    }

    /// Asks for a record and waits for it. The model is told of the record's schema, which follows the
    /// annotations of `dev.dwata.types.schema`, and its answer is checked; where it does not fit it is asked
    /// again.
    ///
    /// @throws AgentException as [#prompt(Prompt)], and with why there is no such answer: see [Answer#of]
    default <T extends Record> Answer<T> ask(Prompt prompt, Class<T> type) {
        try (Run run = prompt(prompt.as(type))) {
            return Answer.of(run, type);
        }
    }

    /// Has one tool called, without a model, and waits for what comes of it; whoever must agree is asked.
    ///
    /// @throws AgentException as [#prompt(Prompt)], and as [DirectCall#outcome]
    default AgentEvent.ToolReturned call(DirectCall call) {
        try (Run run = prompt(call.prompt())) {
            return DirectCall.outcome(run);
        }
    }

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

    /// Who is in the session now: at a gateway the clients that follow it, and its agent, which comes last.
    List<Participant> participants();

    /// The session's agent: who it is, and what it is doing.
    default Participant.Agent agent() {
        return participants().stream()
                .filter(Participant.Agent.class::isInstance)
                .map(Participant.Agent.class::cast)
                .findFirst()
                .orElseThrow(() -> new AgentException(new AgentError.Internal("session " + id() + " has no agent")));
    }

    void rename(String title);

    /// Puts the session away; it stays readable, and a new message brings it back.
    void archive();
}
