package dev.dwata.gateway.http;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.Audience;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.types.SessionId;
import java.time.Clock;
import java.util.function.Consumer;

/// What the doors give access to.
///
/// @param changed   is told of sessions that were made or changed; does not block
/// @param audience  who is connected over WebSockets
/// @param followers the requests that follow a session
/// @param version   of dwata
public record Services(
        LocalRuntime runtime,
        Store store,
        Models models,
        SessionOperations sessions,
        Consumer<SessionId> changed,
        Audience audience,
        StatusOperations status,
        Followers followers,
        Clock clock,
        String version) {

    public Redaction redaction() {
        return runtime.redaction();
    }
}
