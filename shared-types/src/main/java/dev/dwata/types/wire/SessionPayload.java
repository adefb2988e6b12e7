package dev.dwata.types.wire;

/// The session as it is now.
public record SessionPayload(SessionView session) {}
