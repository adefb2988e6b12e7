package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// Asks which agents there are.
///
/// @param name only this one, with its instructions; absent: all
public record AgentsListParams(@Nullable String name) {}
