package dev.dwata.agent.observe;

import dev.dwata.types.Message;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What can be observed. What people and models say is in here by reference, for observers that were allowed to
/// record it; nobody else may.
public sealed interface Observed {

    Place place();

    /// Where something happens.
    ///
    /// @param agent the name of the agent that works there
    record Place(SessionId session, RunId run, String agent) {}

    /// A run, from its admission, or from when this process took it over, to its end, or to when this process
    /// let it go.
    record Run(Place place) implements Observed {}

    /// A run waits until it is its turn.
    record QueueWait(Place place) implements Observed {}

    /// A model is asked, with everything that is done to get an answer.
    ///
    /// @param provider of the model that is asked; who answered is in the outcome
    /// @param model    the provider's own name of it
    /// @param system   instructions; absent where there are none
    record ModelCall(
            Place place,
            String provider,
            String model,
            @Nullable String system,
            List<Message> messages) implements Observed {}

    /// One request to a provider; a call that is tried again has several.
    ///
    /// @param model  the provider's own name of the model that is asked now
    /// @param number 1 for the first that this model gets within its call
    record Attempt(Place place, String model, int number) implements Observed {}

    /// A part of a conversation is summarised.
    record Compaction(Place place) implements Observed {}

    /// A tool is called, or refused.
    ///
    /// @param arguments a JSON object; a string where the model's were none
    record ToolCall(Place place, String toolCallId, String toolName, JsonNode arguments) implements Observed {}

    /// Something waits for a person, or for a client.
    ///
    /// @param kind what for: `approval`, `question`, `client_tool`
    record InputWait(Place place, String kind) implements Observed {}
}
