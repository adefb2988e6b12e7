package dev.dwata.agent.store;

import dev.dwata.types.StoredMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model may be shown of a session.
///
/// @param summary  of what came before; absent where nothing was left out
/// @param messages of all roles, in the order of the conversation: runs follow each other in the order in which
///                 they were admitted, whatever was stored for them meanwhile
public record Transcript(@Nullable Summary summary, List<StoredMessage> messages) {
    public Transcript {
        messages = List.copyOf(messages);
    }
}
