package dev.dwata.agent.definition.files;

import dev.dwata.types.SessionInfo;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a session is about, for its agent's prompt: the `context` of its configuration, a text or any other
/// JSON, under the ids that it was made with.
final class SessionContext {
    private static final int LONGEST = 64 * 1024;

    private SessionContext() {}

    static String of(SessionInfo session) {
        StringJoiner lines = new StringJoiner("\n");
        add(lines, "context type", session.contextType());
        add(lines, "item id", session.itemId());
        add(lines, "project id", session.projectId());
        JsonNode config = session.config();
        JsonNode context = config == null ? null : config.get("context");
        if (context != null && !context.isNull()) {
            lines.add(context.isString() ? context.stringValue() : context.toPrettyString());
        }
        return shortened(lines.toString());
    }

    private static void add(StringJoiner lines, String name, @Nullable String value) {
        if (value != null) {
            lines.add(name + ": " + value);
        }
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "\n[cut here: there is more]";
    }
}
