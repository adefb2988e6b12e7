package dev.dwata.persistence;

import java.nio.file.Path;

/// What was brought back.
///
/// @param from   the backup
/// @param missingAttachments how many the database knows of whose files are neither in the backup nor here
/// @param parked runs that were not over in it, and wait for somebody to have them resumed
public record Restored(Path from, Counts counts, int parked, int missingAttachments) {}
