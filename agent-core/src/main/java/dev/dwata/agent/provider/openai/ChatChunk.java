package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The fields of one chunk of the stream. Used again for each chunk.
///
/// Thinking is `reasoning_content` with DeepSeek, vLLM and llama.cpp, `reasoning` with OpenRouter, Groq and
/// Ollama; a server that has both says the same in both. Mistral's `content` may be a list of parts, thinking
/// among them (November 2026).
final class ChatChunk {
    @Nullable
    String content;

    @Nullable
    String reasoning;

    /// OpenRouter's `reasoning_details`.
    @Nullable
    JsonNode details;

    @Nullable
    String refusal;

    @Nullable
    String finishReason;

    @Nullable
    JsonNode error;

    final List<CallDelta> calls = new ArrayList<>();
    final ChatUsage usage = new ChatUsage();

    private final JsonFields.Visitor top = this::topField;
    private final JsonFields.Visitor choice = this::choiceField;
    private final JsonFields.Visitor delta = this::deltaField;
    private boolean first;

    /// Reads a chunk in place of the last one; the usage alone is kept.
    void read(JsonParser in) {
        content = null;
        reasoning = null;
        details = null;
        refusal = null;
        finishReason = null;
        error = null;
        first = true;
        calls.clear();
        JsonFields.each(in, top);
    }

    private void topField(String field, JsonParser in) {
        switch (field) {
            case "choices" -> JsonFields.elements(in, this::oneChoice);
            case "usage" -> usage.read(in);
            // Groq repeats some of the above in here, and at times it is there alone.
            case "x_groq" ->
                JsonFields.each(in, (name, nested) -> {
                    if (name.equals("usage")) {
                        usage.read(nested);
                    }
                });
            case "error" -> error = in.currentToken() == JsonToken.VALUE_NULL ? null : in.readValueAsTree();
            default -> {}
        }
    }

    /// One answer is asked for; a server that gives more gives them after the first.
    private void oneChoice(JsonParser in) {
        if (first) {
            first = false;
            JsonFields.each(in, choice);
        }
    }

    private void choiceField(String field, JsonParser in) {
        switch (field) {
            case "delta", "message" -> JsonFields.each(in, delta);
            case "finish_reason" -> finishReason = JsonFields.text(in);
            default -> {}
        }
    }

    private void deltaField(String field, JsonParser in) {
        switch (field) {
            case "content" -> content = in.currentToken() == JsonToken.START_ARRAY ? joined(in) : JsonFields.text(in);
            case "reasoning_content", "reasoning" -> {
                String text = JsonFields.text(in);
                reasoning = text == null ? reasoning : text;
            }
            case "reasoning_details" ->
                details = in.currentToken() == JsonToken.START_ARRAY ? in.readValueAsTree() : null;
            case "refusal" -> refusal = JsonFields.text(in);
            case "tool_calls" ->
                JsonFields.elements(in, call -> {
                    CallDelta read = new CallDelta();
                    JsonFields.each(call, read);
                    calls.add(read);
                });
            default -> {}
        }
    }

    /// Texts of a list of parts, and of those within its parts that are thinking.
    private String joined(JsonParser in) {
        StringBuilder texts = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        JsonFields.elements(
                in,
                part -> JsonFields.each(part, (name, value) -> {
                    if (name.equals("text")) {
                        append(texts, value);
                    } else if (name.equals("thinking")) {
                        JsonFields.elements(
                                value,
                                thought -> JsonFields.each(thought, (field, said) -> {
                                    if (field.equals("text")) {
                                        append(thoughts, said);
                                    }
                                }));
                    }
                }));
        if (!thoughts.isEmpty()) {
            reasoning = thoughts.toString();
        }
        return texts.toString();
    }

    private static void append(StringBuilder to, JsonParser in) {
        String text = JsonFields.text(in);
        if (text != null) {
            to.append(text);
        }
    }
}
