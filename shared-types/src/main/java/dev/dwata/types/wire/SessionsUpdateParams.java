package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import dev.dwata.types.SessionStatus;
import org.jspecify.annotations.Nullable;

/// Changes what is given of a session and leaves the rest.
///
/// @param title     1 to 200 characters
/// @param status    `active` or `archived`
/// @param model     that answers from now on
/// @param agentName that answers from now on
public record SessionsUpdateParams(
        SessionId sessionId,
        @Nullable String title,
        @Nullable SessionStatus status,
        @Nullable String model,
        @Nullable String agentName) {}
