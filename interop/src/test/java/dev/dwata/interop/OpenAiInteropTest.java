package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.types.AgentError;
import dev.dwata.types.Json;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// OpenAI's own client for Node, unmodified, against a gateway.
@Timeout(120)
class OpenAiInteropTest {
    @TempDir
    private Path folder;

    private final ScriptedModel model = new ScriptedModel();
    private final InMemoryStore store = new InMemoryStore();
    private final LocalRuntime runtime =
            AgentRuntime.builder().models(model.asModels()).store(store).build();
    private final Gateway gateway =
            Gateway.start(GatewayConfig.of("test").withPort(0), runtime, store, model.asModels());

    @AfterEach
    void close() {
        gateway.close();
        runtime.close();
    }

    private JsonNode run(String scenario) throws IOException, InterruptedException {
        Path output = folder.resolve(scenario);
        Process process = new ProcessBuilder(
                        NodeScript.node(),
                        "src/test/js/openai.mjs",
                        gateway.url().toString(),
                        scenario)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the client of " + scenario + " ended by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return Json.MAPPER.readTree(said);
    }

    private static String text(JsonNode seen, String field) {
        return seen.path(field).asString("");
    }

    @Test
    void agentsAreModels() throws Exception {
        JsonNode seen = run("models");

        assertThat(seen.path("ids").toString()).isEqualTo("[\"default\"]");
        assertThat(text(seen, "one")).isEqualTo("default");
    }

    @Test
    void answersWhole() throws Exception {
        model.says("Hel", "lo.");

        JsonNode seen = run("create");

        assertThat(text(seen, "text")).isEqualTo("Hello.");
        assertThat(text(seen, "finish")).isEqualTo("stop");
        assertThat(seen.path("usage").path("total_tokens").isNumber()).isTrue();
    }

    @Test
    void answersInPieces() throws Exception {
        model.says("Hel", "lo.");

        JsonNode seen = run("stream");

        assertThat(seen.path("pieces").toString()).isEqualTo("[\"Hel\",\"lo.\"]");
        assertThat(seen.path("usage").path("prompt_tokens").isNumber()).isTrue();
    }

    @Test
    void itsOwnLoopOfFunctionsIsOneRun() throws Exception {
        model.turn(turn -> turn.says("Let me see.").calls("get_weather", "{\"city\":\"Oslo\"}"))
                .says("It rains.");

        JsonNode seen = run("tools");

        assertThat(text(seen, "text")).isEqualTo("It rains.");
        assertThat(seen.path("cities").toString()).isEqualTo("[\"Oslo\"]");
        assertThat(runtime.sessions(SessionQuery.latest(10)).total()).isEqualTo(1);
        assertThat(store.runs().list(latest(), 10)).hasSize(1);
    }

    private SessionId latest() {
        return runtime.sessions(SessionQuery.latest(1)).sessions().getFirst().id();
    }

    @Test
    void anAnswerFollowsItsSchema() throws Exception {
        model.says("{\"city\":\"Oslo\"}");

        assertThat(text(run("parsed"), "text")).isEqualTo("{\"city\":\"Oslo\"}");
    }

    @Test
    void anUnknownModelIsNotFound() throws Exception {
        JsonNode seen = run("unknown");

        assertThat(text(seen, "name")).isEqualTo("NotFoundError");
        assertThat(text(seen, "code")).isEqualTo("model_not_found");
        assertThat(text(seen, "param")).isEqualTo("model");
    }

    @Test
    void whatMayBeRepeatedIsRepeatedByTheClient() throws Exception {
        model.fails(new AgentError.ModelUnavailable("busy", Duration.ofMillis(1)))
                .says("Now.");

        assertThat(text(run("retried"), "text")).isEqualTo("Now.");
    }

    @Test
    void aFailureInTheMiddleIsAnError() throws Exception {
        model.fails(new AgentError.ModelRejected("no such thing", 400));

        JsonNode seen = run("broken");

        assertThat(seen.path("failed").asBoolean()).isTrue();
        assertThat(text(seen, "message")).contains("no such thing");
        assertThat(text(seen, "code")).isEqualTo("model_rejected");
    }

    @Test
    void whoAbortsCancelsTheRun() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("Hel").waits(gate));

        assertThat(run("abort").path("aborted").asBoolean()).isTrue();

        long deadline = System.nanoTime() + 20_000_000_000L;
        while (store.runs().list(latest(), 1).getFirst().status() != RunStatus.CANCELLED) {
            assertThat(System.nanoTime()).as("the run is cancelled").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
