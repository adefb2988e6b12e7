package dev.dwata.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A tool call and what came of it, as the conversation tells.
record Exchange(String tool, JsonNode arguments, boolean success, JsonNode result) {
    /// A text of the result; empty where there is none.
    String text(String field) {
        return result.path(field).stringValue("");
    }

    long number(String field) {
        return result.path(field).longValue(0);
    }

    boolean flag(String field) {
        return result.path(field).booleanValue(false);
    }

    List<JsonNode> list(String field) {
        List<JsonNode> items = new ArrayList<>();
        result.path(field).forEach(items::add);
        return items;
    }

    String argument(String name) {
        return arguments.path(name).stringValue("");
    }

    boolean denied() {
        return flag("denied");
    }
}
