package dev.dwata.agent.model;

import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;

/// A complete reply.
///
/// @param parts text, reasoning and tool calls in the order the model said them. The arguments of a call are a
///              JSON object; a string node with the raw text where they were not
/// @param usage zeros where the provider did not tell
public record ModelReply(List<Part> parts, TokenUsage usage, StopReason stopReason) {
    public ModelReply {
        parts = List.copyOf(parts);
    }

    public Message message() {
        return new Message(Role.ASSISTANT, parts);
    }
}
