package dev.dwata.types.wire;

import dev.dwata.types.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gateway accepts a connection.
///
/// @param isReconnect whether the same `clientId` was connected to this session before
/// @param session     the session asked for; absent where none was
public record ConnectPayload(
        String gatewayVersion,
        String protocolVersion,
        List<String> supportedMethods,
        String connectionId,
        Principal principal,
        List<String> scopes,
        ConnectLimits limits,
        boolean isReconnect,
        @Nullable SessionView session) {}
