package dev.dwata.agent.item;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Item;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an item is to be, or to become.
///
/// @param projectId absent: of no project
/// @param content   an object, whose shape depends on the kind
public record ItemDraft(
        ItemKind kind, String title, @Nullable String projectId, JsonNode content) {
    /// In code points.
    public static final int LONGEST_TITLE = 200;

    /// In code points.
    public static final int LONGEST_PROJECT_ID = 200;

    /// In bytes of UTF-8, as JSON.
    public static final int LARGEST_CONTENT = 512 * 1024;

    public static ItemDraft of(Item item) {
        return new ItemDraft(item.kind(), item.info().title(), item.info().projectId(), item.content());
    }

    /// The same, if it is one that is kept.
    ///
    /// @throws AgentException with `InvalidRequest` or `TooLarge`, naming the field
    public ItemDraft checked() {
        checkLength("title", title, LONGEST_TITLE);
        if (projectId != null) {
            checkLength("projectId", projectId, LONGEST_PROJECT_ID);
        }
        int bytes = Json.MAPPER.writeValueAsString(content).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_CONTENT) {
            throw new AgentException(
                    new AgentError.TooLarge("content must have at most " + LARGEST_CONTENT + " bytes, not " + bytes));
        }
        ContentRules.check(kind, new Field("content", content));
        return this;
    }

    /// The items that this one is made of, in their order.
    public List<Reference> references() {
        return Reference.in(this);
    }

    /// Its texts, for searching, with what is said in its content first.
    public static String words(JsonNode content) {
        StringBuilder words = new StringBuilder();
        collect(content, words);
        return words.toString();
    }

    private static void collect(JsonNode node, StringBuilder words) {
        if (node.isString()) {
            words.append(words.isEmpty() ? "" : " ").append(node.stringValue());
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> collect(field.getValue(), words));
        } else {
            node.forEach(element -> collect(element, words));
        }
    }

    private static void checkLength(String name, String value, int most) {
        int length = value.isBlank() ? 0 : value.codePointCount(0, value.length());
        if (length < 1 || length > most) {
            throw Field.invalid(name + " must have 1 to " + most + " characters, not " + length);
        }
    }
}
