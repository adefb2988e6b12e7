package dev.dwata.types.wire;

import dev.dwata.types.InputId;
import dev.dwata.types.RuleScope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Answers an input request: an approval with `decision`, a question with `answer`, a client's tool with
/// `result` or `error`, or with `success` and `data` or `error`.
///
/// @param requestId of the `input_request`
/// @param decision  `approve`, `reject`, `always` or `edit`; `reject` also for a question that nobody wants to
///                  answer
/// @param arguments of `edit`: all arguments of the call, an object
/// @param answer    answers by the ids of the questions, or what the form is filled in with; an object
/// @param result    what the tool has returned; any JSON
/// @param error     why the tool could not do it
/// @param reason    of `reject`, for the model
/// @param scope     of `always`: `session` (default), `workspace`, `everywhere`
/// @param success   whether the tool could do it
/// @param data      what the tool has returned, next to `success`
public record InputRespondParams(
        InputId requestId,
        @Nullable String decision,
        @Nullable JsonNode arguments,
        @Nullable JsonNode answer,
        @Nullable JsonNode result,
        @Nullable String error,
        @Nullable String reason,
        @Nullable RuleScope scope,
        @Nullable Boolean success,
        @Nullable JsonNode data) {

    public InputRespondParams(
            InputId requestId,
            @Nullable String decision,
            @Nullable JsonNode arguments,
            @Nullable JsonNode answer,
            @Nullable JsonNode result,
            @Nullable String error,
            @Nullable String reason,
            @Nullable RuleScope scope) {
        this(requestId, decision, arguments, answer, result, error, reason, scope, null, null);
    }
}
