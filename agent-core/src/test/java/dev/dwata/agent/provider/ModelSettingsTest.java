package dev.dwata.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.context.Compaction;
import dev.dwata.agent.model.Ability;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.testing.Asked;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {
    private static final ModelClient OFFLINE =
            (request, sink) -> new ModelReply(List.of(), TokenUsage.ZERO, StopReason.END_TURN);
    private static final String ANSWER =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":1000000,\"completion_tokens\":100000}}\n\ndata: [DONE]\n\n";

    @Test
    void asksAServerThatIsConfiguredAndCountsWhatItCosts() {
        try (WireServer server = new WireServer()) {
            server.streams(ANSWER.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            ConfiguredModels models = models(
                    """
                    {'models': {'vllm/qwen': {'contextWindow': 32768, 'maxOutputTokens': 4096,
                                              'prices': {'input': 1, 'output': 5}, 'abilities': ['tools']}},
                     'aliases': {'fast': 'vllm/qwen'},
                     'providers': {'vllm': {'api': 'chat', 'baseUrl': 'URL/v1', 'apiKeyEnv': 'VLLM_KEY',
                                            'headers': {'X-Team': 'blue'}}}}
                    """.replace("URL", server.url()), Map.of("VLLM_KEY", "secret-1", "OLLAMA_HOST", "127.0.0.1:1"));

            Model model = models.choose("fast");
            assertThat(model.id()).isEqualTo("vllm/qwen");
            assertThat(model.facts()).isEqualTo(new ModelFacts(32_768, 4_096, new Prices(1, 5), Set.of(Ability.TOOLS)));
            assertThat(models.choose(null).id()).isEqualTo("vllm/qwen");
            assertThat(models.list().getFirst())
                    .isEqualTo(new ModelInfo("vllm/qwen", true, null, model.facts(), List.of("fast"), List.of()));

            assertThat(Asked.of(model.client()).reply().usage()).isEqualTo(new TokenUsage(1_000_000, 100_000, 0, 1.5));
            assertThat(server.request().headers())
                    .containsEntry("authorization", "Bearer secret-1")
                    .containsEntry("x-team", "blue");
        }
    }

    @Test
    void namesTheVariableOfAServerThatHasNoKey() {
        ConfiguredModels models = models(
                "{'providers': {'vllm': {'api': 'chat', 'baseUrl': 'http://127.0.0.1:1', 'apiKeyEnv': 'VLLM_KEY'}}}",
                Map.of());
        assertThatThrownBy(() -> models.choose("vllm/qwen"))
                .hasMessage("the model vllm/qwen cannot be asked: VLLM_KEY is not set");
        assertThat(models.choose(null).id()).isEqualTo("offline/offline");
    }

    /// The one that is meant has no key, the next is not there, the last answers.
    @Test
    void asksTheModelsThatStandInForOne() {
        ConfiguredModels models = models("""
                {'fallbacks': {'claude-opus': ['local/x', 'claude-opus', 'offline'], '*': ['local/x']},
                 'providers': {'local': {'api': 'chat', 'baseUrl': 'http://127.0.0.1:1'}},
                 'retry': {'attempts': 2, 'firstDelayMs': 0}}
                """, Map.of("GROQ_API_KEY", "k"));

        Model model = models.choose("claude-opus");
        Asked asked = Asked.of(model.client());

        assertThat(model.id()).isEqualTo("anthropic/claude-opus-5-5");
        assertThat(asked.reply().answeredBy()).isEqualTo("offline/offline");
        assertThat(asked.deltas())
                .extracting(delta -> ((ModelDelta.Troubled) delta).error().message())
                .containsExactly(
                        "the model anthropic/claude-opus-5-5 cannot be asked: ANTHROPIC_API_KEY is not set;"
                                + " asking local/x instead of anthropic/claude-opus-5-5",
                        "no answer from local: nothing accepts connections at 127.0.0.1; asking again in 0 s"
                                + " (attempt 2 of 2)",
                        "no answer from local: nothing accepts connections at 127.0.0.1 (asked 2 times);"
                                + " asking offline/offline instead of local/x");
        assertThat(models.list())
                .filteredOn(info -> info.id().equals("groq/openai/gpt-oss-20b"))
                .extracting(ModelInfo::fallbacks)
                .containsExactly(List.of("local/x"));
    }

    @Test
    void staysUnconfiguredWhereNobodyStandsIn() {
        ConfiguredModels models = models("{'fallbacks': {'claude-opus': ['claude-sonnet']}}", Map.of());
        assertThatThrownBy(() -> models.choose("claude-opus"))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new AgentError.ModelNotConfigured(
                                        "the model anthropic/claude-opus-5-5 cannot be"
                                                + " asked: ANTHROPIC_API_KEY is not set")));
    }

    @Test
    void countsOllamaAsConfiguredWhereAnAliasOfItsModelIsTheDefault() {
        ModelSettings settings =
                ModelSettings.read(Json.STRICT.readTree("{\"aliases\": {\"mine\": \"ollama/llama3.3\"}}"));
        ConfiguredModels models = ConfiguredModels.from(settings, Map.of(), "mine", OFFLINE);
        assertThat(models.list().getFirst())
                .extracting(ModelInfo::id, ModelInfo::configured, ModelInfo::aliases)
                .containsExactly("ollama/llama3.3", true, List.of("mine"));
    }

    @Test
    void knowsBetterThanTheTable() {
        ConfiguredModels models = models(
                "{'models': {'anthropic/claude-opus-5-5': {'contextWindow': 500000}}}",
                Map.of("ANTHROPIC_API_KEY", "k"));
        assertThat(models.choose("claude-opus").facts())
                .isEqualTo(new ModelFacts(500_000, 128_000, new Prices(4, 20, 0.2, 5), Set.of(Ability.values())));
    }

    @Test
    void reliesOnWhatAllStandInsCanDo() {
        ConfiguredModels models = models(
                "{'models': {'anthropic/claude-opus-5-5': {'contextWindow': 500000},"
                        + " 'ollama/small': {'contextWindow': 8192, 'prices': {'input': 30, 'output': 0}}},"
                        + " 'fallbacks': {'claude-opus': ['ollama/small']}}",
                Map.of("ANTHROPIC_API_KEY", "k"));

        assertThat(models.choose("claude-opus").facts())
                .isEqualTo(new ModelFacts(8_192, 128_000, new Prices(30, 20, 30, 30), Set.of(Ability.values())));
    }

    @Test
    void readsHowConversationsAreShortened() {
        ModelSettings settings = ModelSettings.read(
                Json.STRICT.readTree("{\"compaction\": {\"keepRecentTokens\": 5000, \"model\": \"fast\"}}"));

        assertThat(settings.compaction()).isEqualTo(new Compaction(16_384, 5_000, "fast"));
        assertThat(ModelSettings.NONE.compaction()).isEqualTo(Compaction.USUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'compaction': {'keepRecentTokens': 0}}|compaction.keepRecentTokens must be a whole number of at least 1",
                "{'models': []}|models must be an object",
                "{'models': {'x': {}}}|models.x must be named as provider/name",
                "{'models': {'a/b': {'window': 1}}}|models.a/b.window means nothing; known are abilities, contextWindow, maxOutputTokens, prices",
                "{'models': {'a/b': {'contextWindow': 0}}}|models.a/b.contextWindow must be a whole number of at least 1",
                "{'models': {'a/b': {'prices': {'input': 1}}}}|models.a/b.prices.output must be given: US dollars for a million tokens",
                "{'models': {'a/b': {'prices': {'input': -1, 'output': 1}}}}|models.a/b.prices.input must be a number that is not negative",
                "{'models': {'a/b': {'abilities': ['flying']}}}|models.a/b.abilities must be of tools, images, documents, reasoning, structured_output",
                "{'aliases': {'a': 'b'}}|aliases.a must be a name without a slash for a model named as provider/name",
                "{'providers': {'x': {'api': 'soap', 'baseUrl': 'http://h'}}}|providers.x.api must be one of ",
                "{'providers': {'x': {'api': 'chat'}}}|providers.x.baseUrl must be given: a string",
                "{'providers': {'x': {'api': 'chat', 'baseUrl': 'http://u:p@h'}}}|providers.x.baseUrl must be an http or https URL without a password",
                "{'providers': {'x': {'api': 'chat', 'baseUrl': 'http://h', 'apiKeyEnv': 'sk-1-2'}}}|providers.x.apiKeyEnv must be the name of an environment variable, not a key",
                "{'providers': {'x': {'api': 'chat', 'baseUrl': 'http://h', 'apiKey': 'k'}}}|providers.x.apiKey means nothing",
                "{'providers': {'x': {'api': 'chat', 'baseUrl': 'http://h', 'headers': {'Authorization': 'k'}}}}|providers.x.headers.Authorization must be left out",
                "{'providers': {'offline': {'api': 'chat', 'baseUrl': 'http://h'}}}|providers.offline must be named",
                "{'fallbacks': {'groq': 'claude-opus'}}|fallbacks.groq must be a list of strings",
                "{'retry': {'attempts': 21}}|retry.attempts must be 1 to 20",
                "{'retry': {'firstDelayMs': -1}}|retry.firstDelayMs must be a whole number of at least 0",
                "{'timeouts': {'idleMs': 0}}|timeouts.idleMs must be a whole number of at least 1",
                "{'aliases': {'a': 'nowhere/x'}}|aliases.a: there is no provider of 'nowhere/x'; there are anthropic",
                "{'fallbacks': {'groq': ['nonsense']}}|fallbacks.groq: there is no model 'nonsense'",
            })
    void saysWhichKeyIsWrong(String settings, String message) {
        assertThatThrownBy(() -> models(settings, Map.of()))
                .isInstanceOf(AgentException.class)
                .hasMessageStartingWith(message);
    }

    private static ConfiguredModels models(String settings, Map<String, String> environment) {
        ModelSettings read = ModelSettings.read(Json.STRICT.readTree(settings.replace('\'', '"')));
        return ConfiguredModels.from(read, environment, null, OFFLINE);
    }
}
