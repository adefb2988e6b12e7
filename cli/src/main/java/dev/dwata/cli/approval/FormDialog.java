package dev.dwata.cli.approval;

import dev.dwata.cli.output.Printable;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Has a person fill in a form: field by field where it is an object of plain values, else as JSON.
final class FormDialog {
    private static final JsonNodeFactory VALUES = JsonNodeFactory.instance;

    private final Console console;
    private final Map<String, JsonNode> given;

    /// @param given what was filled in before; an empty line keeps it
    FormDialog(Console console, Map<String, JsonNode> given) {
        this.console = console;
        this.given = given;
    }

    /// @param form JSON Schema of an object
    InputResponse ask(InputRequested request, JsonNode form) throws InterruptedException {
        console.show(RequestText.about(request).stripTrailing());
        ObjectNode filled = isFlat(form) ? byField(form) : whole(form);
        return filled == null ? new InputResponse.Reject("nobody answered") : new InputResponse.Answer(filled);
    }

    private static boolean isFlat(JsonNode form) {
        JsonNode fields = form.path("properties");
        return fields.isObject()
                && !fields.isEmpty()
                && fields.valueStream().allMatch(field -> isPlain(field) || isList(field));
    }

    private static boolean isPlain(JsonNode field) {
        return switch (field.path("type").asString("")) {
            case "string", "number", "integer", "boolean" -> true;
            default -> false;
        };
    }

    private static boolean isList(JsonNode field) {
        return field.path("type").asString("").equals("array")
                && field.path("items").path("type").asString("").equals("string")
                && !options(field.path("items")).isEmpty();
    }

    private @Nullable ObjectNode byField(JsonNode form) throws InterruptedException {
        List<String> required = new ArrayList<>();
        form.path("required").forEach(name -> required.add(name.asString("")));
        ObjectNode filled = Json.MAPPER.createObjectNode();
        for (String name : form.path("properties").propertyNames()) {
            JsonNode field = form.path("properties").path(name);
            console.show(label(name, field));
            boolean optional = !required.contains(name);
            JsonNode value = null;
            boolean done = false;
            while (!done) {
                String typed = console.read(prompt(name, field, optional));
                if (typed == null) {
                    return null;
                }
                try {
                    value = value(name, field, typed);
                    done = value != null || optional;
                } catch (IllegalArgumentException e) {
                    console.show(String.valueOf(e.getMessage()));
                }
            }
            if (value != null) {
                given.put(name, value);
                filled.set(name, value);
            }
        }
        return filled;
    }

    private static String label(String name, JsonNode field) {
        String title = field.path("title").asString("");
        String description = field.path("description").asString("");
        StringBuilder text = new StringBuilder(Printable.revealed(title.isEmpty() ? name : title));
        if (!description.isEmpty()) {
            text.append(": ").append(Printable.revealed(description));
        }
        RequestText.options(text, options(isList(field) ? field.path("items") : field));
        return text.toString();
    }

    private String prompt(String name, JsonNode field, boolean optional) {
        JsonNode kept = kept(name, field);
        String before = kept == null ? optional ? "[none] " : "" : "[" + Printable.revealed(kept.toString()) + "] ";
        return before
                + switch (field.path("type").asString("")) {
                    case "number" -> "(a number) ";
                    case "integer" -> "(a whole number) ";
                    case "boolean" -> "(yes or no) ";
                    case "array" -> "(numbers, as 1,3) ";
                    default -> options(field).isEmpty() ? "> " : "(a number) ";
                };
    }

    private @Nullable JsonNode kept(String name, JsonNode field) {
        JsonNode earlier = given.get(name);
        return earlier == null ? field.get("default") : earlier;
    }

    /// @return absent where nothing was typed and there is nothing to keep
    private @Nullable JsonNode value(String name, JsonNode field, String typed) {
        if (typed.isBlank()) {
            return kept(name, field);
        }
        return switch (field.path("type").asString("")) {
            case "number" -> Choice.number(typed);
            case "integer" -> {
                JsonNode number = Choice.number(typed);
                if (!number.isIntegralNumber()) {
                    throw new IllegalArgumentException("'" + typed.strip() + "' is not a whole number");
                }
                yield number;
            }
            case "boolean" ->
                VALUES.booleanNode(
                        Choice.one(List.of("yes", "no"), word(typed), false).equals("yes"));
            case "array" -> Choice.several(options(field.path("items")), typed, false);
            default -> VALUES.stringNode(options(field).isEmpty() ? typed : Choice.one(options(field), typed, false));
        };
    }

    private static String word(String typed) {
        return switch (typed.strip()) {
            case "y", "true" -> "yes";
            case "n", "false" -> "no";
            default -> typed;
        };
    }

    private static List<String> options(JsonNode field) {
        List<String> options = new ArrayList<>();
        field.path("enum").forEach(option -> options.add(option.asString("")));
        return options;
    }

    private @Nullable ObjectNode whole(JsonNode form) throws InterruptedException {
        console.show("what is wanted is a JSON object of this schema:\n" + EditableJson.write(form, true));
        ObjectNode earlier = Json.MAPPER.createObjectNode();
        given.forEach(earlier::set);
        String text = EditableJson.write(earlier, console.editsLines());
        while (true) {
            String edited = console.edit(text);
            if (edited == null) {
                return null;
            }
            try {
                ObjectNode filled = EditableJson.readObject(edited);
                given.clear();
                filled.properties().forEach(field -> given.put(field.getKey(), field.getValue()));
                return filled;
            } catch (IllegalArgumentException e) {
                console.show(String.valueOf(e.getMessage()));
                text = edited;
            }
        }
    }
}
