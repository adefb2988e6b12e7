package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.StreamJson;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import io.javalin.http.Context;
import java.io.IOException;

/// Reads what is to be appended.
record Bodies(int mostBytes) {

    /// @throws AgentException with `TooLarge`
    byte[] read(Context context) {
        try {
            if (context.req().getContentLengthLong() > mostBytes) {
                throw tooLarge(context);
            }
            byte[] body = context.req().getInputStream().readNBytes(mostBytes + 1);
            if (body.length > mostBytes) {
                throw tooLarge(context);
            }
            return body;
        } catch (IOException e) {
            throw new AgentException(new AgentError.InvalidRequest("the body did not come whole"), e);
        }
    }

    /// The rest of it is not read, so the connection cannot be used again.
    private AgentException tooLarge(Context context) {
        context.header("Connection", "close");
        return new AgentException(new AgentError.TooLarge("an append may bring " + mostBytes + " bytes"));
    }

    /// What is stored of a body.
    ///
    /// @param first whether it is what a stream begins with, which may be nothing
    static StreamJson.Messages content(byte[] body, String contentType, boolean first) {
        if (body.length == 0 || !StreamConfig.isJson(contentType)) {
            return new StreamJson.Messages(body, null);
        }
        StreamJson.Messages messages = StreamJson.of(body);
        return messages.content().length > 0 || messages.problem() != null || first
                ? messages
                : new StreamJson.Messages(messages.content(), "an empty array appends nothing");
    }
}
