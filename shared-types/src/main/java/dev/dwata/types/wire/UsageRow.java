package dev.dwata.types.wire;

import dev.dwata.types.TokenUsage;

/// What was used in one day, of one model or in one session.
///
/// @param key   the day, the model as `provider/name`, or the session's id
/// @param label for people: of a session its title, otherwise the key
/// @param calls of models; of a session, runs
public record UsageRow(String key, String label, long calls, TokenUsage usage) {}
