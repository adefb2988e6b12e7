package dev.dwata.types.wire;

import java.util.List;

/// Messages, oldest first.
///
/// @param hasMore whether there are older ones
public record HistoryPayload(List<MessageView> messages, boolean hasMore) {}
