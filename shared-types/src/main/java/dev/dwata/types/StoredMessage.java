package dev.dwata.types;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as the store keeps it.
///
/// @param seq     the entry of the session's log that completed it
/// @param partial whether its run ended before the message was complete; such a message is shown to people and
///                never
///                sent to a model
public record StoredMessage(
        MessageId id,
        SessionId sessionId,
        @Nullable RunId runId,
        long seq,
        Role role,
        List<Part> parts,
        Instant createdAt,
        boolean partial) {
    public StoredMessage {
        parts = List.copyOf(parts);
    }

    public Message message() {
        return new Message(role, parts);
    }
}
