package dev.dwata.gateway.openai;

import dev.dwata.gateway.http.ErrorBody;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ErrorPayload;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An error as OpenAI's clients read it.
///
/// @param repeatable whether the whole request may be sent again without doing anything twice
record ChatError(AgentError error, @Nullable String param, boolean repeatable) {

    /// Why a request was not taken: nothing has happened yet.
    static ChatError refused(AgentException e) {
        return new ChatError(e.error(), e instanceof BadRequest bad ? bad.param() : null, true);
    }

    int status() {
        return "model".equals(param) ? 404 : ErrorBody.status(error);
    }

    ObjectNode json() {
        return ErrorBody.forChats(error, param);
    }

    void answer(Context context) {
        Long wait = ErrorPayload.of(error, true).retryAfterMs();
        if (wait != null) {
            context.header("retry-after-ms", wait.toString());
            context.header("retry-after", String.valueOf((wait + 999) / 1_000));
        }
        context.header("x-should-retry", String.valueOf(repeatable && error.retryable()));
        context.status(status()).contentType("application/json").result(json().toString());
    }
}
