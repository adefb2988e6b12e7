package dev.dwata.agent.store;

import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

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
public record Admission(
        Principal owner,
        SessionId session,
        @Nullable NewSession newSession,
        RunId run,
        MessageReceived message,
        String agentName,
        @Nullable String model,
        @Nullable IdempotencyKey idempotencyKey) {

    public Admission with(MessageReceived other) {
        return new Admission(owner, session, newSession, run, other, agentName, model, idempotencyKey);
    }
}
