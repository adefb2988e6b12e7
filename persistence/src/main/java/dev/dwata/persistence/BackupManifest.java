package dev.dwata.persistence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a backup holds: the file `<backup>.json` beside it.
///
/// @param instanceId which database it is of; absent for one of before there were such ids
/// @param schema     its version
/// @param version    of the dwata that made it
/// @param heads      SHA-256, in hex, of one line `<session id> <number of its last entry>\n` for each session,
///                   by id
/// @param sha256     of the backup's file, in hex
public record BackupManifest(
        @Nullable String instanceId,
        int schema,
        String version,
        Instant time,
        Counts counts,
        String heads,
        long bytes,
        String sha256) {}
