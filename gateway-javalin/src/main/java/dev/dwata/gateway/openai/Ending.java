package dev.dwata.gateway.openai;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;

/// How an answer ends.
sealed interface Ending {
    /// It is whole.
    ///
    /// @param content all of its text
    record Said(String content, StopReason reason, TokenUsage usage) implements Ending {}

    /// The caller is to run tools.
    ///
    /// @param content what was said before
    record Calls(String content, List<InputRequested> calls, TokenUsage usage) implements Ending {
        public Calls {
            calls = List.copyOf(calls);
        }
    }

    /// @param repeatable whether nothing was done but asking the model
    record Failed(AgentError error, boolean repeatable) implements Ending {}

    /// Nobody is there who would hear it.
    record Unheard() implements Ending {}
}
