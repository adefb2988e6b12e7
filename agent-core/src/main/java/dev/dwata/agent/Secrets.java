package dev.dwata.agent;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputId;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What people have answered to secret questions. The log and the model have a name for each, `secret:…`;
/// where a tool is called with that name, it is given the secret. They are kept in memory alone, so one
/// that was given to a process which is gone has to be asked for again.
final class Secrets {
    private static final String PREFIX = "secret:";
    private static final int MOST = 1_000;

    private final Map<String, String> byName = new LinkedHashMap<>();

    /// @return the answers as they are to be stored
    JsonNode keep(InputRequested asked, JsonNode answers) {
        List<InputQuestion> secret = Objects.requireNonNullElse(asked.questions(), List.<InputQuestion>of()).stream()
                .filter(InputQuestion::isSecret)
                .toList();
        if (secret.isEmpty() || !(answers instanceof ObjectNode object)) {
            return answers;
        }
        ObjectNode shown = object.deepCopy();
        for (InputQuestion question : secret) {
            JsonNode answer = answers.path(question.id());
            if (answer.isString() && !answer.stringValue().isEmpty()) {
                shown.put(question.id(), keep(asked.requestId(), question.id(), answer.stringValue()));
            }
        }
        return shown;
    }

    private synchronized String keep(InputId request, String question, String value) {
        String name = PREFIX + request.value() + "/" + question;
        byName.put(name, value);
        if (byName.size() > MOST) {
            byName.remove(byName.keySet().iterator().next());
        }
        return name;
    }

    /// The arguments with secrets where their names stand.
    synchronized JsonNode in(JsonNode arguments) {
        return byName.isEmpty() ? arguments : replaced(arguments, true);
    }

    /// What a tool says with names where secrets stand.
    synchronized JsonNode hidden(JsonNode said) {
        return byName.isEmpty() ? said : replaced(said, false);
    }

    synchronized String hidden(String said) {
        return byName.isEmpty() ? said : replaced(said, false);
    }

    private JsonNode replaced(JsonNode node, boolean reveal) {
        if (node.isString()) {
            return Json.MAPPER.getNodeFactory().stringNode(replaced(node.stringValue(), reveal));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode same = Json.MAPPER.createObjectNode();
            object.properties().forEach(field -> same.set(field.getKey(), replaced(field.getValue(), reveal)));
            return same;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode same = Json.MAPPER.createArrayNode();
            array.forEach(element -> same.add(replaced(element, reveal)));
            return same;
        }
        return node;
    }

    private String replaced(String text, boolean reveal) {
        String replaced = text;
        for (Map.Entry<String, String> secret : byName.entrySet()) {
            replaced = reveal
                    ? replaced.replace(secret.getKey(), secret.getValue())
                    : replaced.replace(secret.getValue(), secret.getKey());
        }
        return replaced;
    }
}
