package dev.dwata.gateway.agui;

import dev.dwata.gateway.http.Asked;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client tells the model besides the conversation: the entries of `context`, and messages of the roles
/// `system` and `developer`.
final class ChatContext {
    private static final int LONGEST = 64 * 1024;

    private ChatContext() {}

    /// @return absent where there is none
    static @Nullable String text(ObjectNode body, JsonNode messages) {
        StringJoiner text = new StringJoiner("\n\n");
        JsonNode context = body.path("context");
        if (context.isArray()) {
            for (int i = 0; i < context.size(); i++) {
                text.add(entry("context[" + i + "]", context.get(i)));
            }
        } else if (!context.isString() && !context.isMissingNode() && !context.isNull()) {
            throw Asked.invalid("context must be an array of {description, value}, or a string");
        }
        for (JsonNode message : messages) {
            String role = message.path("role").asString("");
            if ((role.equals("system") || role.equals("developer"))
                    && message.path("content").isString()) {
                text.add(message.path("content").stringValue());
            }
        }
        if (text.length() > LONGEST) {
            throw Asked.invalid("context must have at most " + LONGEST + " characters in all");
        }
        return text.length() == 0 || text.toString().isBlank() ? null : text.toString();
    }

    private static String entry(String where, JsonNode entry) {
        JsonNode description = entry.path("description");
        JsonNode value = entry.path("value");
        if (!entry.isObject() || value.isMissingNode() || !(description.isString() || description.isMissingNode())) {
            throw Asked.invalid(where + " must be {description, value}");
        }
        String said = value.isString() ? value.stringValue() : value.toString();
        return description.isMissingNode() ? said : description.stringValue() + ": " + said;
    }
}
