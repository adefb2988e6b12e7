package dev.dwata.persistence;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;

/// What the tests of this package start from.
final class Fixtures {
    private Fixtures() {}

    /// With a key of its own.
    static Admission admission(SessionId session, String message) {
        RunId run = RunId.create();
        return new Admission(
                Principal.LOCAL,
                session,
                null,
                run,
                Events.message(message),
                NewSession.DEFAULT_AGENT,
                null,
                new IdempotencyKey("agent", run.value(), "digest"));
    }
}
