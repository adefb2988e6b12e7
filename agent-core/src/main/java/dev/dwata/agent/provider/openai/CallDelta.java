package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.JsonFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// A piece of a tool call, as it came.
final class CallDelta implements JsonFields.Visitor {
    /// -1 where the server left it out.
    int index = -1;

    String id = "";
    String name = "";
    String arguments = "";

    @Override
    public void visit(String field, JsonParser in) {
        switch (field) {
            case "index" -> index = in.currentToken().isNumeric() ? (int) JsonFields.count(in) : -1;
            case "id" -> id = orEmpty(in);
            case "function" -> JsonFields.each(in, this::functionField);
            default -> {}
        }
    }

    private void functionField(String field, JsonParser in) {
        switch (field) {
            case "name" -> name = orEmpty(in);
            case "arguments" -> {
                if (in.currentToken() == JsonToken.START_OBJECT) {
                    JsonNode whole = in.readValueAsTree();
                    arguments = whole.toString();
                } else {
                    arguments = orEmpty(in);
                }
            }
            default -> {}
        }
    }

    private static String orEmpty(JsonParser in) {
        @Nullable String text = JsonFields.text(in);
        return text == null ? "" : text;
    }
}
