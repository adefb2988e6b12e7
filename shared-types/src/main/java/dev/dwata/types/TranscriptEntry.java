package dev.dwata.types;

/// What somebody said in a recording.
///
/// @param start in seconds from its beginning
/// @param end   in seconds, not before the start
public record TranscriptEntry(String id, String speaker, double start, double end, String text) {
    public TranscriptEntry {
        if (!(start >= 0 && end >= start)) {
            throw new IllegalArgumentException(
                    "start and end must be seconds, 0 or more, the end not before the start");
        }
    }
}
