package dev.dwata.types.wire;

import java.util.List;

/// Sessions by last activity, the newest first.
///
/// @param total how many there are in all
public record SessionsListPayload(List<SessionView> sessions, long total) {}
