package dev.dwata.cli.approval;

import dev.dwata.types.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;

/// Reads what a person has typed as the kind of value that is wanted.
public final class Choice {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final int LONGEST_NUMBER = 100;

    private Choice() {}

    /// @throws IllegalArgumentException if it is no number
    public static JsonNode number(String typed) {
        String text = typed.strip();
        if (WHOLE.matcher(text).matches()) {
            return Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(text));
        }
        if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + shown(text) + "' is not a number");
        }
        return DecimalNode.valueOf(new BigDecimal(text));
    }

    /// One of the options, by its number or its own words.
    ///
    /// @param open whether anything else may be said as well
    /// @throws IllegalArgumentException if it is none
    public static String one(List<String> options, String typed, boolean open) {
        String text = typed.strip();
        if (options.contains(text)) {
            return text;
        }
        if (text.matches("\\d{1,4}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= options.size()) {
                return options.get(number - 1);
            }
        }
        if (open) {
            return typed;
        }
        throw new IllegalArgumentException("'" + shown(text) + "' is none of 1 to " + options.size());
    }

    /// Several of the options, with commas between; none where nothing was typed.
    ///
    /// @throws IllegalArgumentException if one of them is none
    public static ArrayNode several(List<String> options, String typed, boolean open) {
        ArrayNode chosen = Json.MAPPER.createArrayNode();
        if (typed.isBlank()) {
            return chosen;
        }
        if (options.contains(typed.strip())) {
            return chosen.add(typed.strip());
        }
        List.of(typed.split(",")).stream()
                .map(part -> one(options, part.strip(), open))
                .distinct()
                .forEach(chosen::add);
        return chosen;
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, text.offsetByCodePoints(0, 30)) + "…";
    }
}
