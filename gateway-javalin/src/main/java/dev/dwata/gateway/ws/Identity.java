package dev.dwata.gateway.ws;

import dev.dwata.gateway.auth.Caller;
import dev.dwata.types.ClientType;
import dev.dwata.types.Principal;
import org.jspecify.annotations.Nullable;

/// Who is at the other end, as it said in `connect`.
///
/// @param clientName for people
/// @param clientId   what the client calls itself across connections
record Identity(
        Caller caller,
        ClientType clientType,
        @Nullable String clientName,
        @Nullable String clientId) {

    Principal principal() {
        return caller.principal();
    }

    /// What the client is called where the log names it.
    String label() {
        if (clientId != null) {
            return clientId;
        }
        return clientName == null ? clientType.wireName() : clientName;
    }
}
