package dev.dwata.agent.provider.responses;

import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A reasoning item as it goes back to the provider.
///
/// @param id        the item's own
/// @param summary   for people; empty where the model gave none
/// @param encrypted what the model thought
record Thought(String id, String summary, String encrypted) {
    private static final String OWNER = "openai";

    /// What [Part.Reasoning] keeps of an item.
    static String sign(String id, String encrypted) {
        return Thoughts.sign(OWNER, id + ":" + encrypted);
    }

    static @Nullable Thought of(Part.Reasoning reasoning) {
        String signature = Thoughts.signature(reasoning, OWNER);
        if (signature == null) {
            return null;
        }
        int colon = signature.indexOf(':');
        return new Thought(
                signature.substring(0, Math.max(colon, 0)), reasoning.text(), signature.substring(colon + 1));
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("type", "reasoning");
        if (!id.isEmpty()) {
            out.writeStringProperty("id", id);
        }
        out.writeArrayPropertyStart("summary");
        if (!summary.isEmpty()) {
            out.writeStartObject();
            out.writeStringProperty("type", "summary_text");
            out.writeStringProperty("text", summary);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeStringProperty("encrypted_content", encrypted);
        out.writeEndObject();
    }
}
