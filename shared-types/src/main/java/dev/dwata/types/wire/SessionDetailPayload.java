package dev.dwata.types.wire;

import java.util.List;

/// A session with its latest messages, oldest first.
///
/// @param hasMore whether there are older messages
public record SessionDetailPayload(SessionView session, List<MessageView> messages, boolean hasMore) {}
