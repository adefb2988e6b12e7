package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// Something that is wrong with a file.
///
/// @param line    counting from 1; absent where it is about the whole file
/// @param message one sentence, without the path
public record FindingView(String file, @Nullable Integer line, String message) {}
