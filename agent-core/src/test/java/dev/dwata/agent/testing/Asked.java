package dev.dwata.agent.testing;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Message;
import java.util.ArrayList;
import java.util.List;

/// What came of asking a model: its reply or its error, and what it passed on until then.
public record Asked(ModelReply reply, AgentException failure, List<ModelDelta> deltas) {

    public static ModelRequest hello() {
        return new ModelRequest("some-model", null, List.of(Message.user("Hello")), List.of(), null);
    }

    public static Asked of(ModelClient client) {
        return of(client, hello());
    }

    public static Asked of(ModelClient client, ModelRequest request) {
        List<ModelDelta> deltas = new ArrayList<>();
        try {
            return new Asked(client.stream(request, deltas::add), null, deltas);
        } catch (AgentException e) {
            return new Asked(null, e, deltas);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public AgentError error() {
        if (failure == null) {
            throw new AssertionError("no error but " + reply);
        }
        return failure.error();
    }
}
