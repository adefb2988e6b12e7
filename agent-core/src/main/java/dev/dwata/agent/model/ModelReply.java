package dev.dwata.agent.model;

import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A complete reply.
///
/// @param parts      text, reasoning and tool calls in the order the model said them. The arguments of a call
///                   are a JSON object; a string node with the raw text where they were not
/// @param usage      zeros where the provider did not tell
/// @param answeredBy the model that answered, as `provider/name`; absent where it is the one that was asked
public record ModelReply(
        List<Part> parts,
        TokenUsage usage,
        StopReason stopReason,
        @Nullable String answeredBy) {
    public ModelReply {
        parts = List.copyOf(parts);
    }

    /// The reply of the model that was asked.
    public ModelReply(List<Part> parts, TokenUsage usage, StopReason stopReason) {
        this(parts, usage, stopReason, null);
    }

    public ModelReply withParts(List<Part> others) {
        return new ModelReply(others, usage, stopReason, answeredBy);
    }

    public ModelReply withUsage(TokenUsage other) {
        return new ModelReply(parts, other, stopReason, answeredBy);
    }

    public ModelReply answeredBy(String model) {
        return new ModelReply(parts, usage, stopReason, model);
    }

    public Message message() {
        return new Message(Role.ASSISTANT, parts);
    }
}
