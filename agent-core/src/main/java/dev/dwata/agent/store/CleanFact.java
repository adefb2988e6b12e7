package dev.dwata.agent.store;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.nio.charset.StandardCharsets;

/// A key and a value as a [Memory] keeps them: clean, and within its bounds.
public record CleanFact(String key, String value) {

    /// @throws AgentException with `InvalidRequest` or `TooLarge` if they are out of bounds
    public static CleanFact of(String key, String value) {
        String cleanValue = CleanText.of(value);
        int bytes = cleanValue.getBytes(StandardCharsets.UTF_8).length;
        CleanFact fact = new CleanFact(key(key), cleanValue);
        if (bytes > Memory.LARGEST_VALUE) {
            throw new AgentException(new AgentError.TooLarge(
                    "'value' must have at most " + Memory.LARGEST_VALUE + " bytes, not " + bytes));
        }
        return fact;
    }

    /// @throws AgentException with `InvalidRequest` if it is out of bounds
    public static String key(String key) {
        int length = key.isBlank() ? 0 : key.codePointCount(0, key.length());
        if (length < 1 || length > Memory.LONGEST_KEY) {
            throw new AgentException(new AgentError.InvalidRequest(
                    "'key' must have 1 to " + Memory.LONGEST_KEY + " characters, not " + length));
        }
        return CleanText.of(key);
    }
}
