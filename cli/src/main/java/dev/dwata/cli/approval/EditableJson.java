package dev.dwata.cli.approval;

import dev.dwata.cli.output.Printable;
import dev.dwata.types.Json;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

/// Arguments as a person edits them: JSON in which nothing hides.
public final class EditableJson {
    private EditableJson() {}

    static String write(JsonNode value, boolean lines) {
        String json = lines
                ? Json.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value)
                : value.toString();
        StringBuilder shown = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); ) {
            int c = json.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c == '\n' || Printable.isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                json.substring(i, next)
                        .chars()
                        .forEach(half -> shown.append(String.format(Locale.ROOT, "\\u%04x", half)));
            }
            i = next;
        }
        return shown.toString();
    }

    /// @throws IllegalArgumentException saying what is wrong with it
    public static ObjectNode readObject(String text) {
        JsonNode read;
        try {
            read = Json.STRICT.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!(read instanceof ObjectNode object)) {
            throw new IllegalArgumentException("it must be a JSON object: {\"name\": value, …}");
        }
        return object;
    }
}
