package dev.dwata.agent.store;

import dev.dwata.types.StoredMessage;
import java.util.List;

/// A page of messages, oldest first.
///
/// @param hasMore whether there are older ones
public record MessagePage(List<StoredMessage> messages, boolean hasMore) {
    public MessagePage {
        messages = List.copyOf(messages);
    }
}
