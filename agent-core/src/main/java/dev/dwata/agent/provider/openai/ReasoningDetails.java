package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenRouter's `reasoning_details`: what a model thought, in the form of whoever runs it. Some models refuse a
/// conversation in which it is missing; so it goes back as it came, pieces of one text joined (OpenRouter,
/// "Preserving reasoning", November 2026).
final class ReasoningDetails {
    private static final String OWNER = "openrouter";
    private static final List<String> TEXTS = List.of("text", "summary");

    private final ArrayNode whole = Json.MAPPER.createArrayNode();

    /// @param pieces what one chunk has of them
    void add(JsonNode pieces) {
        for (JsonNode piece : pieces) {
            if (!(piece instanceof ObjectNode detail)) {
                continue;
            }
            if (!whole.isEmpty() && whole.get(whole.size() - 1) instanceof ObjectNode last && continues(last, detail)) {
                join(last, detail);
            } else {
                whole.add(detail);
            }
        }
    }

    int size() {
        return whole.size();
    }

    /// `parts` with the details kept by the first thought among them, or by an empty one before them.
    List<Part> keptBy(List<Part> parts) {
        if (whole.isEmpty()) {
            return parts;
        }
        String signature = Thoughts.sign(OWNER, Json.MAPPER.writeValueAsString(whole));
        List<Part> kept = new ArrayList<>(parts);
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i) instanceof Part.Reasoning thought) {
                kept.set(i, new Part.Reasoning(thought.text(), signature));
                return kept;
            }
        }
        kept.addFirst(new Part.Reasoning("", signature));
        return kept;
    }

    /// The details that a message keeps; absent where there are none.
    static @Nullable JsonNode of(Message message) {
        for (Part part : message.parts()) {
            String json = part instanceof Part.Reasoning thought ? Thoughts.signature(thought, OWNER) : null;
            if (json != null) {
                try {
                    return Json.MAPPER.readTree(json);
                } catch (JacksonException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private static boolean continues(ObjectNode last, ObjectNode next) {
        return last.path("type").equals(next.path("type"))
                && last.path("index").equals(next.path("index"))
                && TEXTS.stream().anyMatch(field -> last.has(field) && !last.has("data"));
    }

    private static void join(ObjectNode last, ObjectNode next) {
        next.properties().forEach(field -> {
            String name = field.getKey();
            if (TEXTS.contains(name)) {
                last.put(name, last.path(name).asString("") + field.getValue().asString(""));
            } else if (!field.getValue().isNull()) {
                last.set(name, field.getValue());
            }
        });
    }
}
