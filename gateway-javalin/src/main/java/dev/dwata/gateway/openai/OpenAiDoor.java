package dev.dwata.gateway.openai;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Asked;
import dev.dwata.gateway.http.Door;
import dev.dwata.gateway.http.Patience;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Chat completions at `/v1`, for programs that know OpenAI's: an agent is a model, a conversation is a
/// session, and what the caller's tools are is the caller's. Who goes away before the answer has ended does
/// not want it.
public final class OpenAiDoor implements Door {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiDoor.class);

    /// Whoever waits for an answer says nothing meanwhile; that they have gone is seen otherwise.
    private static final Duration SILENCE = Duration.ofHours(1);

    private final Services parts;

    public OpenAiDoor(Services parts) {
        this.parts = parts;
    }

    @Override
    public void register(RouteTable routes) {
        routes.get("/v1/models", Scope.READ, (context, caller) -> models(context));
        routes.get("/v1/models/{name}", Scope.READ, (context, caller) -> model(context));
        routes.post("/v1/chat/completions", Scope.RUN, this::complete);
    }

    private void models(Context context) {
        ObjectNode list = Json.MAPPER.createObjectNode().put("object", "list");
        ArrayNode all = list.putArray("data");
        parts.runtime().agents().list().agents().forEach(agent -> all.add(model(agent)));
        json(context, list);
    }

    private void model(Context context) {
        try {
            json(context, model(agent(context.pathParam("name"))));
        } catch (AgentException e) {
            ChatError.refused(e).answer(context);
        }
    }

    private AgentDefinition agent(String name) {
        try {
            return parts.runtime().agents().find(name);
        } catch (AgentException e) {
            throw new BadRequest("model", e.error().message());
        }
    }

    private static ObjectNode model(AgentDefinition agent) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", agent.name())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "dwata");
    }

    private void complete(Context context, Caller caller) throws InterruptedException {
        ChatRun run;
        ChatRequest chat;
        try {
            chat = ChatRequest.read(Asked.body(context));
            agent(chat.model());
            run = ChatRun.begin(parts, new ChatRun.Request(caller, chat));
        } catch (AgentException e) {
            ChatError.refused(e).answer(context);
            return;
        }
        context.header("X-Dwata-Session", run.session().value());
        context.header("X-Dwata-Run", run.run().value());
        try (Patience patience = Patience.with(context.req(), SILENCE)) {
            Ending end = answer(context, chat, run, patience);
            if (end instanceof Ending.Unheard) {
                run.abandon(parts, caller);
            }
        } catch (IOException e) {
            LOG.debug("the caller of {} has gone: {}", run.run(), e.toString());
            run.abandon(parts, caller);
        } finally {
            run.end(parts);
        }
    }

    private Ending answer(Context context, ChatRequest chat, ChatRun run, Patience patience)
            throws IOException, InterruptedException {
        Completion completion = new Completion("chatcmpl-" + run.run().value(), chat.model(), Instant.now());
        if (chat.stream()) {
            Duration keepAlive = parts.followers().limits().keepAlive();
            ChatStream stream = ChatStream.begin(context.res(), completion, chat.usage(), keepAlive);
            Ending end = new AnswerReader(run, chat.schema() != null, stream).read(patience);
            stream.end(shown(end));
            return end;
        }
        Ending end = shown(new AnswerReader(run, chat.schema() != null, new Collector()).read(patience));
        switch (end) {
            case Ending.Said said -> json(context, completion.whole(said));
            case Ending.Calls calls -> json(context, completion.whole(calls));
            case Ending.Failed failed -> new ChatError(failed.error(), null, failed.repeatable()).answer(context);
            case Ending.Unheard unheard -> LOG.debug("the caller of {} has gone", run.run());
        }
        return end;
    }

    private Ending shown(Ending end) {
        if (end instanceof Ending.Failed failed) {
            AgentError error = parts.followers().closing()
                    ? new AgentError.Draining("the gateway is shutting down; the run goes on when it is started again")
                    : parts.redaction().error(failed.error());
            return new Ending.Failed(error, failed.repeatable());
        }
        return end;
    }

    private static void json(Context context, ObjectNode body) {
        context.status(200).contentType("application/json").result(body.toString());
    }

    /// Nobody hears the pieces of an answer that is told whole.
    private static final class Collector implements Listener {
        @Override
        public void text(String more) {}

        @Override
        public void quiet() {}
    }
}
