package dev.dwata.agent;

import dev.dwata.types.Json;
import dev.dwata.types.Part;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Notices when a model goes in circles: the same tool with the same arguments, whatever their order, again and
/// again.
final class RepeatedCalls {
    private final Limits limits;
    private final Deque<String> latest = new ArrayDeque<>();
    private final Set<String> warned = new HashSet<>();
    private @Nullable String last;
    private int inARow;

    RepeatedCalls(Limits limits) {
        this.limits = limits;
    }

    enum Verdict {
        FINE,
        /// Not to be run; the model is to be told.
        TOO_OFTEN,
        /// It was told, and did it again.
        AGAIN
    }

    /// Takes note of a call that is about to be made.
    Verdict next(Part.ToolCall call) {
        String key = call.name() + " " + canonical(call.arguments());
        inARow = key.equals(last) ? inARow + 1 : 1;
        last = key;
        latest.addLast(key);
        if (latest.size() > Limits.LATEST_CALLS) {
            latest.removeFirst();
        }
        boolean tooOften = inARow >= limits.maxIdenticalToolCalls()
                || Collections.frequency(latest, key) >= limits.maxIdenticalOfLatest();
        if (!tooOften) {
            warned.remove(key);
            return Verdict.FINE;
        }
        return warned.add(key) ? Verdict.TOO_OFTEN : Verdict.AGAIN;
    }

    private static String canonical(JsonNode node) {
        return sorted(node).toString();
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode sorted = Json.MAPPER.createObjectNode();
            fields.forEach(sorted::set);
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = Json.MAPPER.createArrayNode();
            array.forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        return node;
    }
}
