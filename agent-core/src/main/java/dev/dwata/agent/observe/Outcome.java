package dev.dwata.agent.observe;

import dev.dwata.types.AgentError;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How something that was observed has ended.
public sealed interface Outcome {

    /// Well, and there is nothing more to say: a wait is over.
    record Done() implements Outcome {}

    /// A run has its answer.
    record Completed(TokenUsage usage, StopReason stopReason, int turns) implements Outcome {}

    /// A model has answered.
    ///
    /// @param model      the model that did, as `provider/name`; absent where it is the one that was asked
    /// @param firstDelta when the first of it arrived, from the beginning of the call; absent where it came at
    ///                   once
    record Answered(
            List<Part> parts,
            TokenUsage usage,
            StopReason stopReason,
            @Nullable String model,
            @Nullable Duration firstDelta)
            implements Outcome {}

    /// A tool has said something.
    ///
    /// @param result what the model is told
    /// @param error  one sentence; absent on success
    record Returned(JsonNode result, @Nullable String error) implements Outcome {}

    record Failed(AgentError error) implements Outcome {}

    /// It was stopped: somebody cancelled it, or this process let it go.
    record Stopped() implements Outcome {}
}
