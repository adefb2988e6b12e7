package dev.dwata.types.wire;

import dev.dwata.types.ClientType;
import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `connect`, the first request of a connection, says.
///
/// @param version      "1"
/// @param token        the bearer token; absent where it came with the upgrade, or where none is asked for
/// @param sessionId    the session to be in from the start
/// @param afterSeq     replay the entries of that session after this one
/// @param clientId     a name the client keeps across connections, so that replayed messages know their sender
/// @param batch        whether several events may come as one frame, a JSON array
public record ConnectParams(
        String version,
        ClientType clientType,
        @Nullable String token,
        @Nullable SessionId sessionId,
        @Nullable Long afterSeq,
        @Nullable String clientName,
        @Nullable String clientId,
        @Nullable Boolean batch,
        @Nullable List<String> capabilities) {}
