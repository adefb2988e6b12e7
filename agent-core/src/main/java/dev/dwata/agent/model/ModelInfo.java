package dev.dwata.agent.model;

import org.jspecify.annotations.Nullable;

/// A model that may be chosen.
///
/// @param id      `provider/name`, or `provider/…` where any name of that provider is accepted
/// @param missing what must be configured before it answers, in one sentence; absent where it is ready
public record ModelInfo(
        String id, boolean configured, @Nullable String missing) {}
