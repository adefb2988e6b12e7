package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `command_result`: what a slash command says.
///
/// @param command without its slash
/// @param text    for people
/// @param data    the same for programs; an object
public record CommandResultPayload(
        String command,
        String text,
        JsonNode data,
        @Nullable SessionId sessionId) {}
