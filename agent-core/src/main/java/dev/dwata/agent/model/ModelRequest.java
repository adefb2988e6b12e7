package dev.dwata.agent.model;

import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a model is asked.
///
/// @param model           the provider's own name of the model, without the provider
/// @param system          instructions; absent where there are none
/// @param messages        the conversation, oldest first, each tool call followed by its one result
/// @param tools           what the model may call
/// @param maxOutputTokens absent: the provider's default, or the most the model can
/// @param outputSchema    JSON Schema, an object's, that the text of the reply is to follow; absent where the
///                        model may say what it likes
public record ModelRequest(
        String model,
        @Nullable String system,
        List<Message> messages,
        List<ToolSpec> tools,
        @Nullable Integer maxOutputTokens,
        @Nullable JsonNode outputSchema) {
    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /// One that is answered in free text.
    public ModelRequest(
            String model,
            @Nullable String system,
            List<Message> messages,
            List<ToolSpec> tools,
            @Nullable Integer maxOutputTokens) {
        this(model, system, messages, tools, maxOutputTokens, null);
    }

    /// The same, asked of another model.
    public ModelRequest of(String otherModel) {
        return new ModelRequest(otherModel, system, messages, tools, maxOutputTokens, outputSchema);
    }

    public ModelRequest withMessages(List<Message> others) {
        return new ModelRequest(model, system, others, tools, maxOutputTokens, outputSchema);
    }

    public ModelRequest withMaxOutputTokens(int most) {
        return new ModelRequest(model, system, messages, tools, most, outputSchema);
    }
}
