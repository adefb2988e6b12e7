package dev.dwata.gateway.openai;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;

/// A request that cannot be carried out as it is.
final class BadRequest extends AgentException {
    private static final long serialVersionUID = 1;

    private final String param;

    /// @param param the field that is wrong, as OpenAI's errors name it
    BadRequest(String param, String message) {
        super(new AgentError.InvalidRequest(message));
        this.param = param;
    }

    String param() {
        return param;
    }
}
