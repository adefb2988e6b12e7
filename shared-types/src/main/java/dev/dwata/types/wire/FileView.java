package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// Something in a folder of a session's project.
///
/// @param path relative to the project, with `/` between its parts
/// @param type `file`, `folder`, `link` or `other`
/// @param size in bytes; absent where it is no file
public record FileView(String path, String type, @Nullable Long size) {}
