package dev.dwata.agent.provider.offline;

import java.util.List;

/// What the model does next.
sealed interface Step {
    /// Asks for tools, and is asked again with their results.
    record Calls(List<Wish> wishes) implements Step {}

    /// Says something, and is done.
    record Says(String text) implements Step {}

    static Step says(String text) {
        return new Says(text);
    }
}
