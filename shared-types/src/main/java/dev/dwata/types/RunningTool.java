package dev.dwata.types;

import org.jspecify.annotations.Nullable;

/// A tool call that is under way, with what it has told of itself.
///
/// @param progress 0 to 1; absent where it has not told, or another process of dwata carries it out
/// @param message  for people; absent likewise
public record RunningTool(
        ProcessInfo process,
        @Nullable Double progress,
        @Nullable String message) {}
