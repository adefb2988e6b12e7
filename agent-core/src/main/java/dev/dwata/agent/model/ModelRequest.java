package dev.dwata.agent.model;

import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is asked.
///
/// @param model           the provider's own name of the model, without the provider
/// @param system          instructions; absent where there are none
/// @param messages        the conversation, oldest first, each tool call followed by its one result
/// @param tools           what the model may call
/// @param maxOutputTokens absent: the provider's default, or the most the model can
public record ModelRequest(
        String model,
        @Nullable String system,
        List<Message> messages,
        List<ToolSpec> tools,
        @Nullable Integer maxOutputTokens) {
    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
