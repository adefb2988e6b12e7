package dev.dwata.agent.store;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;

/// What a session may be called.
public final class Title {
    /// In code points.
    public static final int LONGEST = 200;

    private Title() {}

    /// Without spaces around it.
    ///
    /// @throws AgentException with `InvalidRequest` if it is empty or too long
    public static String of(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > LONGEST) {
            throw new AgentException(new AgentError.InvalidRequest("title must be 1 to " + LONGEST + " characters"));
        }
        return stripped;
    }
}
