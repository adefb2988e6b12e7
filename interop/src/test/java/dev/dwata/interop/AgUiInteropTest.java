package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.types.AgentError;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The clients of AG-UI (`@ag-ui/client`) and TanStack AI (`@tanstack/ai-client`), unmodified, against a
/// gateway.
@Timeout(120)
class AgUiInteropTest {
    private final ScriptedModel model = new ScriptedModel();
    private final List<String> paid = Collections.synchronizedList(new ArrayList<>());
    private final Store store = new InMemoryStore();
    private LocalRuntime runtime;
    private Gateway gateway;

    private record To(String to) {}

    private record Text(String text) {}

    @BeforeEach
    void start() {
        Tool pay = Tool.of(
                new ToolSpec.Head("test.pay", "Pays.", Effect.ONCE, Approval.CONFIRM),
                To.class,
                (arguments, context) -> {
                    paid.add(arguments.to());
                    return ToolOutcome.success(Map.of("paid", arguments.to()));
                });
        Tool echo = Tool.of(
                new ToolSpec.Head("test.echo", "Gives the text back.", Effect.PURE, Approval.AUTO),
                Text.class,
                (arguments, context) -> ToolOutcome.success(Map.of("text", arguments.text())));
        runtime = AgentRuntime.builder()
                .tools(List.of(pay, echo, AskUserTool.create()))
                .policy(ToolPolicy.asking())
                .models(model.asModels())
                .store(store)
                .build();
        gateway = Gateway.start(GatewayConfig.of("test").withPort(0), runtime, store, model.asModels());
    }

    @AfterEach
    void close() {
        gateway.close();
        runtime.close();
    }

    private JsonNode run(String client, String scenario) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "node", "src/test/js/" + client + ".mjs", gateway.url() + "/api/ai/chat", scenario)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("the client of " + scenario + " ended by itself").isTrue();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return Json.MAPPER.readTree(said.substring(said.lastIndexOf('\n', said.length() - 2) + 1));
    }

    private static List<String> texts(JsonNode messages, String role) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.path("role").asString("").equals(role)) {
                JsonNode parts = message.path("parts");
                if (parts.isMissingNode() && message.has("content")) {
                    texts.add(message.get("content").stringValue());
                }
                for (JsonNode part : parts) {
                    if (part.path("type").asString("").equals("text")) {
                        texts.add(part.get("content").stringValue());
                    }
                }
            }
        }
        return texts;
    }

    private List<String> storedQuestions() {
        return store.sessions().list(Principal.LOCAL, SessionQuery.latest(10)).sessions().stream()
                .flatMap(session -> runtime.session(session.id()).history(50, null).messages().stream())
                .filter(message -> message.role() == Role.USER)
                .map(message -> message.message().text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tanstack", "ag-ui"})
    void twoTurnsWithToolAndThoughtsAreSeenWholeAndStoredOnce(String client) throws Exception {
        model.turn(turn -> turn.thinks("Hm.").says("Let me ", "look.").calls("test.echo", "{\"text\":\"a\"}"))
                .says("One.")
                .says("Two.");

        JsonNode seen = run(client, "turns");

        assertThat(texts(seen.get("messages"), "assistant")).containsExactly("Let me look.", "One.", "Two.");
        assertThat(seen.get("messages").toString()).contains("test.echo").contains("Hm.");
        assertThat(seen.at("/errors")).isEmpty();
        assertThat(storedQuestions()).containsExactly("First", "Second");
    }

    @ParameterizedTest
    @CsvSource({
        "tanstack, approve, Ann", "tanstack, edit, Eve", "tanstack, reject, ''", "tanstack, cancel, ''",
        "ag-ui,    approve, Ann", "ag-ui,    edit, Eve", "ag-ui,    reject, ''", "ag-ui,    cancel, ''"
    })
    void approvalsAreAnsweredInEveryWay(String client, String scenario, String receiver) throws Exception {
        model.calls("test.pay", "{\"to\":\"Ann\"}").says("Over.");

        JsonNode seen = run(client, scenario);

        assertThat(paid).isEqualTo(receiver.isEmpty() ? List.of() : List.of(receiver));
        assertThat(texts(seen.get("messages"), "assistant")).contains("Over.");
        assertThat(seen.toString()).doesNotContain("\"errors\":[\"");
        assertThat(storedQuestions()).containsExactly("Pay");
    }

    @Test
    void aQuestionIsAnInterrupt() throws Exception {
        model.calls(
                        "ask_user",
                        "{\"questions\":[{\"id\":\"where\",\"text\":\"Where?\",\"options\":[\"here\",\"there\"]}]}")
                .says("Here.");

        JsonNode seen = run("ag-ui", "question");

        assertThat(seen.at("/interrupt/message").stringValue()).isEqualTo("Where?");
        assertThat(seen.at("/interrupt/responseSchema/properties/where/enum")).hasSize(2);
        assertThat(texts(seen.get("messages"), "assistant")).contains("Here.");
        assertThat(model.requests().getLast().messages().toString()).contains("here");
    }

    @ParameterizedTest
    @CsvSource({"tanstack, clientTool", "ag-ui, clientTool", "ag-ui, clientToolMessage"})
    void theClientCarriesItsToolOut(String client, String scenario) throws Exception {
        model.calls("double", "{\"n\":21}").says("It is 42.");

        JsonNode seen = run(client, scenario);

        assertThat(texts(seen.get("messages"), "assistant")).contains("It is 42.");
        assertThat(model.requests().getLast().messages().toString()).contains("\"doubled\":42");
        assertThat(seen.toString()).doesNotContain("\"errors\":[\"");
    }

    @Test
    void aToolThatFailsAtTheClientHasFailed() throws Exception {
        model.calls("double", "{\"n\":21}").says("A pity.");

        JsonNode seen = run("tanstack", "brokenClientTool");

        assertThat(texts(seen.get("messages"), "assistant")).contains("A pity.");
        assertThat(model.requests().getLast().messages().toString())
                .contains("\"success\":false")
                .contains("no abacus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tanstack", "ag-ui"})
    void failuresAreErrorsOfTheClient(String client) throws Exception {
        model.fails(new AgentError.ModelRejected("no such model", 400));

        assertThat(run(client, "error").get("errors").toString()).contains("no such model");
        assertThat(run(client, "refused").get("errors").toString()).contains("40");
    }

    @Test
    void aCutConnectionIsReadOn() throws Exception {
        String[] words =
                "The quick brown fox jumps over the lazy dog. ".repeat(4).split("(?<= )");
        model.says(words);

        JsonNode seen = run("tanstack", "cut");

        assertThat(texts(seen.get("messages"), "assistant")).containsExactly(String.join("", words));
        assertThat(seen.get("requests")).hasSize(2);
        assertThat(seen.at("/requests/1").stringValue()).matches("\\d+\\.\\d+");
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void aRunIsJoinedByItsName() throws Exception {
        model.says("One.");

        JsonNode seen = run("tanstack", "join");

        assertThat(seen.get("chunks").toString()).contains("RUN_STARTED").contains("RUN_FINISHED");
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void aThreadIsRestoredAndGoesOn() throws Exception {
        model.says("One.").says("Two.");

        JsonNode seen = run("tanstack", "history");

        assertThat(texts(seen.get("messages"), "user")).containsExactly("First", "Second");
        assertThat(texts(seen.get("messages"), "assistant")).containsExactly("One.", "Two.");
        assertThat(storedQuestions()).containsExactly("First", "Second");
    }
}
