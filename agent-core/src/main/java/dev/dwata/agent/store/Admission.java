package dev.dwata.agent.store;

import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A run to be taken into a session.
///
/// @param newSession     absent: `session` exists. Otherwise the session is made with the id `session`,
///                       together with
///                       the run, unless the idempotency key was used before
/// A run of a session that a run has made, and which is not over, works for that one: it has its root, and is
/// one deeper. Of a run that is over nobody waits for it, so it stands for itself.
///
/// @param model          the model that was asked for; absent: the session's, or the default
/// @param idempotencyKey absent: every admission is a new run
/// @param outputSchema   what the answer is to follow, kept with the run; absent: it may be of any form
public record Admission(
        Principal owner,
        SessionId session,
        @Nullable NewSession newSession,
        RunId run,
        MessageReceived message,
        String agentName,
        @Nullable String model,
        @Nullable IdempotencyKey idempotencyKey,
        @Nullable JsonNode outputSchema) {

    /// One whose answer may be of any form.
    public Admission(
            Principal owner,
            SessionId session,
            @Nullable NewSession newSession,
            RunId run,
            MessageReceived message,
            String agentName,
            @Nullable String model,
            @Nullable IdempotencyKey idempotencyKey) {
        this(owner, session, newSession, run, message, agentName, model, idempotencyKey, null);
    }

    public Admission with(MessageReceived other) {
        return new Admission(owner, session, newSession, run, other, agentName, model, idempotencyKey, outputSchema);
    }

    public Admission withOutputSchema(@Nullable JsonNode schema) {
        return new Admission(owner, session, newSession, run, message, agentName, model, idempotencyKey, schema);
    }
}
