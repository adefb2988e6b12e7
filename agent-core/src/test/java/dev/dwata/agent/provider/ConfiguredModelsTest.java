package dev.dwata.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dwata.agent.model.Ability;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.testing.Asked;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredModelsTest {
    private static final ModelClient OFFLINE =
            (request, sink) -> new ModelReply(List.of(), TokenUsage.ZERO, StopReason.END_TURN);

    @Test
    void answersOfflineWithNothingConfigured() {
        Model model = models(Map.of()).choose(null);
        assertThat(model)
                .isEqualTo(new Model(
                        "offline", "offline", OFFLINE, new ModelFacts(null, null, Prices.FREE, Set.of(Ability.TOOLS))));
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_API_KEY, anthropic/claude-sonnet-5-5",
        "ANTHROPIC_BASE_URL, anthropic/claude-sonnet-5-5",
        "OPENAI_API_KEY, openai/gpt-6.2-sol",
        "OPENAI_BASE_URL, openai/gpt-5.1",
        "GEMINI_API_KEY, gemini/gemini-3.8-flash",
        "GOOGLE_API_KEY, gemini/gemini-3.8-flash",
        "GEMINI_BASE_URL, gemini/gemini-3.8-flash",
        "GROQ_API_KEY, groq/openai/gpt-oss-120b",
        "MISTRAL_API_KEY, mistral/mistral-medium-latest",
        "DEEPSEEK_API_KEY, deepseek/deepseek-flash",
        "OPENROUTER_API_KEY, openrouter/openrouter/auto",
        "OLLAMA_HOST, offline/offline"
    })
    void prefersWhatIsConfigured(String variable, String id) {
        assertThat(models(Map.of(variable, "http://127.0.0.1:1")).choose(null).id())
                .isEqualTo(id);
    }

    @Test
    void prefersTheFirstOfSeveralUnlessOneIsNamed() {
        Map<String, String> all = Map.of(
                "OPENAI_API_KEY", "sk-1", "ANTHROPIC_API_KEY", "sk-2", "GROQ_API_KEY", "gsk-3", "DWATA_MODEL", " ");
        assertThat(models(all).choose(null).id()).isEqualTo("anthropic/claude-sonnet-5-5");

        Map<String, String> named = Map.of("ANTHROPIC_API_KEY", "sk-2", "GROQ_API_KEY", "g", "DWATA_MODEL", "groq");
        assertThat(models(named).choose(null).id()).isEqualTo("groq/openai/gpt-oss-120b");
        assertThat(ConfiguredModels.from(named, "anthropic/claude-sonnet-4-5", OFFLINE)
                        .choose(null)
                        .id())
                .isEqualTo("anthropic/claude-sonnet-4-5");
    }

    /// S1-16.
    @ParameterizedTest
    @CsvSource({
        "claude-sonnet, anthropic/claude-sonnet-5-5",
        "claude-opus, anthropic/claude-opus-5-5",
        "groq, groq/openai/gpt-oss-120b",
        "offline, offline/offline",
        "claude-opus-5-5, anthropic/claude-opus-5-5",
        "anthropic/whatever-7, anthropic/whatever-7",
        "groq/some/model:x, groq/some/model:x"
    })
    void knowsAliasesAndAnyNameOfAKnownProvider(String asked, String id) {
        assertThat(models(Map.of("ANTHROPIC_API_KEY", "k", "GROQ_API_KEY", "k"))
                        .choose(asked)
                        .id())
                .isEqualTo(id);
    }

    /// C-60.
    @ParameterizedTest
    @CsvSource({"gpt-4", "unheard/of", "anthropic/", "''", "/x"})
    void refusesWhatItDoesNotKnowAndNamesWhatItDoes(String asked) {
        assertThat(refusal(Map.of(), asked))
                .isEqualTo(new AgentError.InvalidRequest("there is no model '" + asked
                        + "': name one as provider/name, where the provider is one of anthropic, openai, gemini,"
                        + " groq, mistral, deepseek, openrouter, ollama, offline, or as one of claude-haiku,"
                        + " claude-opus, claude-sonnet, gemini, gpt-4o, groq, offline"));
    }

    /// S1-20, C-61.
    @ParameterizedTest
    @CsvSource({
        "claude-sonnet, anthropic/claude-sonnet-5-5, ANTHROPIC_API_KEY",
        "openai/gpt-5.1, openai/gpt-5.1, OPENAI_API_KEY",
        "groq, groq/openai/gpt-oss-120b, GROQ_API_KEY",
        "gpt-4o, openai/gpt-4o, OPENAI_API_KEY",
        "openrouter/x/y, openrouter/x/y, OPENROUTER_API_KEY"
    })
    void namesTheVariableThatIsMissing(String asked, String id, String variable) {
        AgentError expected =
                new AgentError.ModelNotConfigured("the model " + id + " cannot be asked: " + variable + " is not set");
        assertThat(refusal(Map.of(), asked)).isEqualTo(expected);
        assertThat(refusal(Map.of("DWATA_MODEL", asked), null)).isEqualTo(expected);
    }

    @Test
    void tellsOfAKeyOrAddressThatCannotBeRightWithoutShowingIt() {
        assertThat(refusal(Map.of("GROQ_API_KEY", "gsk one\ntwo"), "groq").message())
                .isEqualTo("the model groq/openai/gpt-oss-120b cannot be asked: GROQ_API_KEY is not a key:"
                        + " a key is printable ASCII without spaces");
        assertThat(refusal(Map.of("OPENAI_BASE_URL", "ftp://u:p@host"), "openai/x")
                        .message())
                .isEqualTo("the model openai/x cannot be asked: OPENAI_BASE_URL is not usable:"
                        + " a base URL is an http or https URL such as http://127.0.0.1:8000/v1");
    }

    @Test
    void listsTheDefaultFirstAndWhatEachOtherLacks() {
        List<ModelInfo> list = models(
                        Map.of("OPENAI_API_KEY", "k", "DWATA_MODEL", "openai/gpt-9", "OLLAMA_HOST", nobody()))
                .list();

        assertThat(list.getFirst()).isEqualTo(new ModelInfo("openai/gpt-9", true, null));
        assertThat(list)
                .extracting(info -> info.id() + (info.configured() ? "" : ": " + info.missing()))
                .contains(
                        "anthropic/claude-sonnet-5-5: ANTHROPIC_API_KEY is not set",
                        "anthropic/…: ANTHROPIC_API_KEY is not set",
                        "openai/gpt-5.1",
                        "openai/…",
                        "groq/openai/gpt-oss-120b: GROQ_API_KEY is not set",
                        "mistral/mistral-medium-latest: MISTRAL_API_KEY is not set",
                        "deepseek/deepseek-flash: DEEPSEEK_API_KEY is not set",
                        "openrouter/openrouter/auto: OPENROUTER_API_KEY is not set",
                        "ollama/gpt-oss",
                        "ollama/…",
                        "offline/offline")
                .doesNotHaveDuplicates();
        assertThat(list)
                .contains(new ModelInfo(
                        "anthropic/claude-opus-5-5",
                        false,
                        "ANTHROPIC_API_KEY is not set",
                        new ModelFacts(1_000_000, 128_000, new Prices(4, 20, 0.2, 5), Set.of(Ability.values())),
                        List.of("claude-opus"),
                        List.of()));
    }

    @Test
    void countsOllamaAsConfiguredOnceItIsChosen() {
        assertThat(models(Map.of("DWATA_MODEL", "ollama/llama3.3")).list().getFirst())
                .isEqualTo(new ModelInfo(
                        "ollama/llama3.3",
                        true,
                        null,
                        new ModelFacts(null, null, Prices.FREE, Set.of()),
                        List.of(),
                        List.of()));
        assertThat(models(Map.of()).choose("ollama/llama3.3").id()).isEqualTo("ollama/llama3.3");
    }

    @Test
    void listsWhatOllamaHasAndAsksItOnce() {
        try (WireServer server = new WireServer()) {
            String tags = "{\"models\":[{\"name\":\"llama3.3:latest\"},{\"name\":\"qwen3:8b\"},{\"name\":\"a\\nb\"}]}";
            server.answer((request, wire) -> wire.whole(200, "Content-Type: application/json\r\n", tags));
            ConfiguredModels models = models(Map.of("OLLAMA_HOST", server.url()));

            assertThat(server.connections()).isZero();
            for (int i = 0; i < 2; i++) {
                assertThat(models.list())
                        .filteredOn(info -> info.id().startsWith("ollama/"))
                        .extracting(ModelInfo::id)
                        .containsExactly("ollama/gpt-oss", "ollama/llama3.3", "ollama/qwen3:8b", "ollama/…");
            }
            assertThat(server.request().line()).isEqualTo("GET /api/tags HTTP/1.1");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /// What costs nothing says so, and a build of a model is that model.
    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4o-2024-08-06, 128000",
        "anthropic/claude-opus-4-5-20251124, 200000",
        "groq/openai/gpt-oss-120b, 131072",
        "mistral/mistral-medium-latest, 262144"
    })
    void knowsTheWindowOfABuild(String id, int window) {
        Map<String, String> keys =
                Map.of("OPENAI_API_KEY", "k", "ANTHROPIC_API_KEY", "k", "GROQ_API_KEY", "k", "MISTRAL_API_KEY", "k");
        assertThat(models(keys).choose(id).facts().contextWindow()).isEqualTo(window);
        assertThat(models(keys).choose("openai/gpt-9").facts()).isEqualTo(ModelFacts.UNKNOWN);
    }

    @Test
    void asksTheServersThatTheEnvironmentNames() {
        try (WireServer server = new WireServer()) {
            Map<String, String> environment = Map.of(
                    "ANTHROPIC_BASE_URL",
                    server.url(),
                    "OPENAI_BASE_URL",
                    server.url() + "/v1/",
                    "OPENAI_API_KEY",
                    " sk-1 ",
                    "GEMINI_BASE_URL",
                    server.url(),
                    "GOOGLE_API_KEY",
                    "AIza-1",
                    "OLLAMA_HOST",
                    "127.0.0.1:" + server.port());
            List.of("anthropic/a", "openai/b", "gemini/g", "ollama/c:8b").forEach(id -> {
                server.answer((request, wire) -> wire.whole(404, "", "{}"));
                Asked.of(models(environment).choose(id).client());
            });
            assertThat(server.request().line()).isEqualTo("POST /v1/messages HTTP/1.1");
            assertThat(server.request()).satisfies(request -> {
                assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
                assertThat(request.headers()).containsEntry("authorization", "Bearer sk-1");
            });
            assertThat(server.request()).satisfies(request -> {
                assertThat(request.line())
                        .isEqualTo("POST /v1beta/models/some-model:streamGenerateContent?alt=sse HTTP/1.1");
                assertThat(request.headers()).containsEntry("x-goog-api-key", "AIza-1");
            });
            assertThat(server.request()).satisfies(request -> {
                assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
                assertThat(request.headers()).doesNotContainKey("authorization");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://127.0.0.1:11434/v1",
        "localhost, http://localhost:11434/v1",
        ":8080, http://127.0.0.1:8080/v1",
        "0.0.0.0:11434, http://127.0.0.1:11434/v1",
        "[::1]:5, http://[::1]:5/v1",
        "http://10.0.0.7, http://10.0.0.7:80/v1",
        "https://ollama.example.com/, https://ollama.example.com:443/v1",
        "https://example.com/ollama/v1, https://example.com:443/ollama/v1"
    })
    void readsOllamasHostAsOllamaDoes(String host, String baseUrl) {
        assertThat(OllamaHost.baseUrl(host)).isEqualTo(baseUrl);
    }

    /// An address where nothing listens.
    private static String nobody() {
        return "127.0.0.1:1";
    }

    private static ConfiguredModels models(Map<String, String> environment) {
        return ConfiguredModels.from(environment, null, OFFLINE);
    }

    private static AgentError refusal(Map<String, String> environment, String id) {
        return catchThrowableOfType(
                        AgentException.class, () -> models(environment).choose(id))
                .error();
    }
}
