package dev.dwata.agent.provider.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Limits;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.builtin.BuiltInTools;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a real model must manage: a conversation with tools, a reply in a form, an image. It runs only where
/// `DWATA_LIVE` is `true` and the provider's key is in the environment.
@Timeout(180)
abstract class LiveConversation {
    /// A red square of 8 by 8 pixels.
    private static final String RED = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mP4z8CAFTEMLQkAKP8/wc53yE8AAAAASUVORK5CYII=";

    @TempDir
    Path workspace;

    /// `provider/name` as the environment configures it.
    abstract String model();

    @Test
    void readsTwoFilesAndRemembersThem() throws IOException {
        Files.writeString(workspace.resolve("a.txt"), "The first word is: heron.\n");
        Files.writeString(workspace.resolve("b.txt"), "The second word is: quartz.\n");
        InMemoryStore store = new InMemoryStore();
        try (AgentRuntime runtime = AgentRuntime.builder()
                .models(models())
                .limits(Limits.DEFAULT)
                .store(store)
                .tools(BuiltInTools.forWorkspace(workspace, store))
                .build()) {
            Session session = runtime.createSession();
            List<AgentEvent> events = new ArrayList<>();
            session.prompt("Read a.txt and b.txt, both in one step, and tell me both words.")
                    .forEach(events::add);
            assertThat(events).hasAtLeastOneElementOfType(AgentEvent.ToolReturned.class);
            assertAnswer((AgentEvent.Terminal) events.getLast());
            assertAnswer(
                    session.prompt("Say both words again, without reading.").await());
        }
    }

    @Test
    void repliesInAForm() throws InterruptedException {
        JsonNode schema = Json.MAPPER.readTree("""
                {"type":"object","properties":{"capital":{"type":"string"}},"required":["capital"],
                 "additionalProperties":false}
                """);
        Message question = Message.user("What is the capital of France?");
        JsonNode reply = Json.MAPPER.readTree(ask(question, schema));
        assertThat(reply.path("capital").asString("")).contains("Paris");
    }

    @Test
    void seesAnImage() throws InterruptedException {
        Message question = new Message(
                Role.USER, List.of(new Part.Image(RED, "image/png"), new Part.Text("Which colour is this? One word.")));
        assertThat(ask(question, null)).containsIgnoringCase("red");
    }

    private String ask(Message question, JsonNode schema) throws InterruptedException {
        String name = model().substring(model().indexOf('/') + 1);
        ModelReply reply = models().choose(model()).client().stream(
                new ModelRequest(name, null, List.of(question), List.of(), 4000, schema), delta -> {});
        assertThat(reply.usage().inputTokens()).isPositive();
        assertThat(reply.usage().outputTokens()).isPositive();
        return reply.message().text();
    }

    private ConfiguredModels models() {
        ModelClient nobody = (request, sink) -> new ModelReply(List.of(), TokenUsage.ZERO, StopReason.END_TURN);
        return ConfiguredModels.from(System.getenv(), model(), nobody);
    }

    private static void assertAnswer(AgentEvent.Terminal end) {
        assertThat(end)
                .isInstanceOfSatisfying(
                        AgentEvent.RunCompleted.class,
                        completed -> assertThat(completed.content()).contains("heron", "quartz"));
    }
}
