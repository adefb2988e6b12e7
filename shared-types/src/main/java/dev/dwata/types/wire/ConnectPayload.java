package dev.dwata.types.wire;

import dev.dwata.types.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gateway accepts a connection.
///
/// @param isReconnect   whether the same `clientId` was connected to this session before
/// @param session       the session asked for; absent where none was
/// @param pendingInputs what that session's runs wait for, and those that work for them; absent without one
public record ConnectPayload(
        String gatewayVersion,
        String protocolVersion,
        List<String> supportedMethods,
        String connectionId,
        Principal principal,
        List<String> scopes,
        ConnectLimits limits,
        boolean isReconnect,
        @Nullable SessionView session,
        @Nullable List<InputView> pendingInputs) {}
