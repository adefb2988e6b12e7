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
        @Nullable IdempotencyKey idempotencyKey) {}
