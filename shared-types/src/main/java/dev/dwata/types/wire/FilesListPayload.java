package dev.dwata.types.wire;

import java.util.List;

/// What is in a folder of a session's project, by name.
///
/// @param path      of the folder, `.` for the project itself
/// @param truncated whether there is more
public record FilesListPayload(String path, List<FileView> entries, boolean truncated) {}
