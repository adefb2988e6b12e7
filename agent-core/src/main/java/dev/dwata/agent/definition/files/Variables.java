package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.Finding;
import dev.dwata.types.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What `.variables.json` beside the agents has for the placeholders of their instructions: a JSON object of
/// texts, numbers and truth values.
///
/// @param values by name
/// @param findings what is wrong with the file; the values that are right are used all the same
record Variables(Map<String, String> values, List<Finding> findings) {
    private static final String FILE = ".variables.json";
    private static final int MOST_BYTES = 64 * 1024;

    static Variables on(List<Shelf> shelves) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Shelf shelf : shelves) {
            try {
                String text = shelf.text(FILE, MOST_BYTES);
                if (text != null) {
                    read(text, values);
                }
            } catch (BrokenFile e) {
                findings.add(e.of(shelf.folder().resolve(FILE)));
            }
        }
        return new Variables(values, findings);
    }

    private static void read(String text, Map<String, String> values) throws BrokenFile {
        JsonNode tree = tree(text);
        if (!tree.isObject()) {
            throw new BrokenFile("it must hold a JSON object");
        }
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            if (Placeholders.BUILT_IN.contains(entry.getKey())
                    || !entry.getValue().isValueNode()
                    || entry.getValue().isNull()) {
                wrong.add(entry.getKey());
            } else {
                values.put(entry.getKey(), entry.getValue().asString());
            }
        }
        if (!wrong.isEmpty()) {
            throw new BrokenFile("these are left out: " + String.join(", ", wrong)
                    + "; a value must be text, a number, true or false, and a name none of "
                    + String.join(", ", Placeholders.BUILT_IN));
        }
    }

    private static JsonNode tree(String text) throws BrokenFile {
        try {
            return Json.STRICT.readTree(text);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new BrokenFile(line, "it is not JSON: " + e.getOriginalMessage());
        }
    }
}
