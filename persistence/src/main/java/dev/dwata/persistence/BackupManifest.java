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
/// @param attachments absent in a backup of before there were any
public record BackupManifest(
        @Nullable String instanceId,
        int schema,
        String version,
        Instant time,
        Counts counts,
        String heads,
        long bytes,
        String sha256,
        @Nullable Attached attachments) {

    /// The files in `<backup>.attachments`; each is named for its SHA-256.
    ///
    /// @param bytes   in all of them
    /// @param missing how many the database knows of whose files were gone or damaged
    public record Attached(int files, long bytes, int missing) {}

    BackupManifest with(Attached attached) {
        return new BackupManifest(instanceId, schema, version, time, counts, heads, bytes, sha256, attached);
    }
}
