package dev.dwata.agent.output;

import dev.dwata.types.Json;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The JSON in what a model said: all of it, or what is in its one code fence.
///
/// @param text  of the JSON, as the model wrote it
/// @param value absent where it is none
record SaidJson(String text, @Nullable JsonNode value) {
    private static final Pattern FENCED = Pattern.compile("```[A-Za-z]*[ \\t]*\\R(.*?)\\R?```", Pattern.DOTALL);

    static SaidJson in(String said) {
        String text = said.strip();
        JsonNode value = read(text);
        if (value == null) {
            Matcher fence = FENCED.matcher(text);
            if (fence.find()) {
                String inside = fence.group(1).strip();
                if (!fence.find()) {
                    return new SaidJson(inside, read(inside));
                }
            }
        }
        return new SaidJson(text, value);
    }

    private static @Nullable JsonNode read(String text) {
        try {
            return text.isEmpty() ? null : Json.STRICT.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    List<String> problems(AnswerSchema schema) {
        if (value == null) {
            return List.of(
                    text.isEmpty()
                            ? "it has no text"
                            : "it is not one JSON object; it begins with: "
                                    + AnswerSchema.excerpt(
                                            text.lines().findFirst().orElse("")));
        }
        return schema.problems(value);
    }

    /// The parts of a reply with this as their only text, in the place of the first.
    List<Part> only(List<Part> parts) {
        List<Part> kept = new ArrayList<>();
        boolean put = false;
        for (Part part : parts) {
            if (!(part instanceof Part.Text)) {
                kept.add(part);
            } else if (!put) {
                kept.add(new Part.Text(text));
                put = true;
            }
        }
        return kept;
    }
}
