package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.agent.provider.anthropic.AnthropicClient;
import dev.dwata.agent.provider.gemini.GeminiClient;
import dev.dwata.agent.provider.openai.OpenAiClient;
import dev.dwata.agent.provider.responses.ResponsesClient;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.StreamTimeouts;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.builtin.BuiltInTools;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Whole conversations with real tools through every provider's client, with a program at the other end that
/// knows nothing of dwata.
class ProviderInteropTest {
    private static MockProviders mock;

    @TempDir
    Path workspace;

    @BeforeAll
    static void startMock() throws IOException, InterruptedException {
        mock = MockProviders.start(Path.of("src/test/resources/fixtures.json"));
    }

    @AfterAll
    static void stopMock() {
        mock.close();
    }

    @BeforeEach
    void twoFiles() throws IOException {
        Files.writeString(workspace.resolve("a.txt"), "One.\n");
        Files.writeString(workspace.resolve("b.txt"), "Two, and — 日本語 — more.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic/claude-sonnet-5-5, /v1/messages",
        "openai/gpt-4o, /v1/chat/completions",
        "responses/gpt-5.1, /v1/responses",
        "gemini/gemini-3.5-flash, /v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse",
        "ollama/llama3.3, /v1/chat/completions"
    })
    void leadsAConversationWithParallelCalls(String model, String path) {
        int before = mock.journal(0).size();
        InMemoryStore store = new InMemoryStore();
        try (AgentRuntime runtime = AgentRuntime.builder()
                .model(models().choose(model))
                .store(store)
                .tools(BuiltInTools.forWorkspace(workspace, store))
                .build()) {
            Session session = runtime.createSession();
            assertThat(events(session.prompt("Read both files"))).satisfies(events -> {
                assertThat(of(AgentEvent.ToolReturned.class, events))
                        .hasSize(2)
                        .allMatch(AgentEvent.ToolReturned::success)
                        .extracting(AgentEvent.ToolReturned::toolCallId)
                        .doesNotHaveDuplicates();
                assertThat(of(AgentEvent.RunCompleted.class, events))
                        .singleElement()
                        .satisfies(completed -> {
                            assertThat(completed.content()).isEqualTo("One is short, the other is not.");
                            assertThat(completed.turns()).isEqualTo(2);
                            assertThat(completed.usage().withCost(null)).isEqualTo(new TokenUsage(31, 14, 0, null));
                            assertThat(completed.stopReason()).isEqualTo(StopReason.END_TURN);
                        });
            });
            assertThat(of(AgentEvent.RunCompleted.class, events(session.prompt("List them"))))
                    .singleElement()
                    .satisfies(completed -> assertThat(completed.content()).isEqualTo("There are two."));
        }
        List<JsonNode> journal = mock.journal(before);
        assertThat(journal)
                .hasSize(4)
                .extracting(entry -> entry.path("path").stringValue())
                .containsOnly(path);
        assertThat(roles(journal.get(1))).containsExactly("user", "assistant", "tool", "tool");
        assertThat(roles(journal.get(3)))
                .containsExactly("user", "assistant", "tool", "tool", "assistant", "user", "assistant", "tool");
        for (JsonNode entry : journal) {
            assertThat(resultIds(entry)).isEqualTo(callIds(entry)).doesNotHaveDuplicates();
            assertThat(entry.at("/body/tools").findValuesAsString("name"))
                    .contains("filesystem__read", "filesystem__list");
        }
        assertThat(texts(journal.get(1)))
                .anyMatch(text -> text.contains("One."))
                .anyMatch(text -> text.contains("日本語"));
    }

    /// Two things that go wrong at every provider.
    @ParameterizedTest
    @CsvSource({"anthropic", "openai", "responses", "gemini"})
    void tellsABusyProviderFromAnAnswerThatBreaksOff(String provider) {
        assertThat(failure(provider, "Be busy")).satisfies(error -> {
            assertThat(error).isInstanceOf(AgentError.ModelUnavailable.class);
            assertThat(((AgentError.ModelUnavailable) error).retryAfter()).isEqualTo(Duration.ofSeconds(9));
        });
        assertThat(failure(provider, "Break off")).isInstanceOf(AgentError.StreamIncomplete.class);
    }

    /// Asked without what a configured model has around it, which would ask again.
    private static AgentError failure(String provider, String message) {
        ModelRequest request = new ModelRequest("m", null, List.of(Message.user(message)), List.of(), null);
        return catchThrowableOfType(AgentException.class, () -> client(provider).stream(request, delta -> {}))
                .error();
    }

    private static ModelClient client(String provider) {
        ModelHttp http = new ModelHttp(StreamTimeouts.DEFAULT);
        return switch (provider) {
            case "anthropic" -> new AnthropicClient(endpoint(""), http);
            case "openai" -> new OpenAiClient(endpoint("/v1"), http);
            case "responses" -> new ResponsesClient(endpoint("/v1"), http);
            case "gemini" -> new GeminiClient(endpoint(""), http);
            default -> throw new AssertionError(provider);
        };
    }

    private static Endpoint endpoint(String path) {
        return new Endpoint("mock", mock.url() + path, new ApiKey("sk-interop-0123456789"));
    }

    /// As the configuration and the environment have it. OpenAI's own protocol is spoken to its own host,
    /// unless a server is configured to.
    private static ConfiguredModels models() {
        ModelSettings settings = ModelSettings.read(Json.MAPPER.readTree(
                "{\"providers\":{\"responses\":{\"api\":\"responses\",\"baseUrl\":\"" + mock.url() + "/v1\"}}}"));
        Map<String, String> environment = Map.of(
                "ANTHROPIC_BASE_URL", mock.url(),
                "OPENAI_BASE_URL", mock.url() + "/v1",
                "GEMINI_BASE_URL", mock.url(),
                "GEMINI_API_KEY", "AIzaInterop0123456789",
                "OLLAMA_HOST", mock.url());
        ModelClient nobody = (request, sink) -> new ModelReply(List.of(), TokenUsage.ZERO, StopReason.END_TURN);
        return ConfiguredModels.from(settings, environment, null, nobody);
    }

    private static List<AgentEvent> events(Run run) {
        List<AgentEvent> events = new ArrayList<>();
        run.forEach(events::add);
        return events;
    }

    private static <E> List<E> of(Class<E> type, List<? extends AgentEvent> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// Some protocols have a text and each call apart.
    private static List<String> roles(JsonNode entry) {
        List<String> roles = new ArrayList<>();
        for (String role : entry.at("/body/messages").findValuesAsString("role")) {
            if (!role.equals("assistant") || roles.isEmpty() || !roles.getLast().equals(role)) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static List<String> callIds(JsonNode entry) {
        List<String> ids = new ArrayList<>();
        for (JsonNode calls : entry.at("/body/messages").findValues("tool_calls")) {
            calls.forEach(call -> ids.add(call.path("id").stringValue()));
        }
        return ids;
    }

    private static List<String> resultIds(JsonNode entry) {
        return entry.at("/body/messages").findValuesAsString("tool_call_id");
    }

    private static List<String> texts(JsonNode entry) {
        return entry.at("/body/messages").findValuesAsString("content");
    }
}
