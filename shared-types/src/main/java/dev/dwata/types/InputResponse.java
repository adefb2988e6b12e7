package dev.dwata.types;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What somebody answers to an input request.
public sealed interface InputResponse {

    /// Agrees to a call.
    ///
    /// @param arguments what it is to be made with instead; absent: as it is
    record Approve(@Nullable JsonNode arguments) implements InputResponse {
        public Approve() {
            this(null);
        }
    }

    /// Does not agree, or does not want to answer.
    ///
    /// @param reason for the model; absent where there is none to give
    record Reject(@Nullable String reason) implements InputResponse {}

    /// Agrees to a call, and to later ones like it.
    record Always(RuleScope scope) implements InputResponse {}

    /// Answers questions or a form.
    ///
    /// @param answers an object: by the ids of the questions, or what the form is filled in with
    record Answer(JsonNode answers) implements InputResponse {}

    /// What a client's tool has returned.
    record Result(JsonNode result) implements InputResponse {}

    /// Why a client's tool could not do it.
    record Failed(String error) implements InputResponse {}
}
