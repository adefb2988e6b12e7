package dev.dwata.types.wire;

import dev.dwata.types.SessionId;

/// Gives a session another title.
///
/// @param title 1 to 200 characters
public record RenameParams(SessionId sessionId, String title) {}
