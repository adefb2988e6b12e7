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
/// @param contextTokens what the provider counted for the conversation up to and with this message; absent
///                      where it did not tell, and for messages that no model made
public record StoredMessage(
        MessageId id,
        SessionId sessionId,
        @Nullable RunId runId,
        long seq,
        Role role,
        List<Part> parts,
        Instant createdAt,
        boolean partial,
        @Nullable Long contextTokens) {
    public StoredMessage {
        parts = List.copyOf(parts);
    }

    /// One of which no provider has counted the tokens.
    public StoredMessage(
            MessageId id,
            SessionId sessionId,
            @Nullable RunId runId,
            long seq,
            Role role,
            List<Part> parts,
            Instant createdAt,
            boolean partial) {
        this(id, sessionId, runId, seq, role, parts, createdAt, partial, null);
    }

    public Message message() {
        return new Message(role, parts);
    }
}
