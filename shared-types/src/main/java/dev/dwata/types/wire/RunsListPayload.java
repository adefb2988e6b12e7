package dev.dwata.types.wire;

import java.util.List;

/// Runs of a session, newest first.
///
/// @param hasMore whether there are older ones
public record RunsListPayload(List<RunView> runs, boolean hasMore) {}
