package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.agent.provider.offline.OfflineModel;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The models of a gateway, asked for on each door.
class ModelsTest {
    private static final String SETTINGS = """
            {"models": {"vllm/qwen": {"contextWindow": 32768, "prices": {"input": 1, "output": 5,
                                      "above": {"tokens": 9000, "input": 2, "output": 10}}}},
             "aliases": {"fast": "vllm/qwen"}, "fallbacks": {"fast": ["offline"]},
             "providers": {"vllm": {"api": "chat", "baseUrl": "http://127.0.0.1:1", "apiKeyEnv": "VLLM_KEY"}}}
            """;
    private static final JsonNode VLLM = Json.MAPPER.readTree("""
            {"id": "vllm/qwen", "state": "not_configured", "missing": "VLLM_KEY is not set", "contextWindow": 32768,
             "prices": {"input": 1.0, "output": 5.0, "cacheRead": 1.0, "cacheWrite": 1.0, "above": 9000,
                        "longInput": 2.0, "longOutput": 10.0},
             "abilities": [], "aliases": ["fast"], "fallbacks": ["offline/offline"]}
            """);

    private Gateway gateway;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        ConfiguredModels models = ConfiguredModels.from(
                ModelSettings.read(Json.STRICT.readTree(SETTINGS)),
                Map.of("OLLAMA_HOST", "127.0.0.1:1"),
                null,
                new OfflineModel());
        InMemoryStore store = new InMemoryStore();
        LocalRuntime runtime =
                AgentRuntime.builder().models(models).store(store).build();
        gateway = Gateway.start(GatewayConfig.of("test").withPort(0), runtime, store, models);
        client = new Client(gateway.port());
        client.connect();
    }

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void areListedWithWhatIsKnownOfThem() {
        JsonNode payload = client.call("models.list");

        assertThat(payload.path("model").stringValue()).isEqualTo("offline/offline");
        assertThat(payload.path("models").get(0).path("id").stringValue()).isEqualTo("offline/offline");
        assertThat(payload.path("models").get(0).path("state").stringValue()).isEqualTo("ready");
        assertThat(payload.path("models").values()).contains(VLLM);
    }

    @Test
    void areTheSameOnEachDoor() throws Exception {
        JsonNode listed = client.call("models.list");

        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(gateway.url() + "/api/v1/models"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(Json.MAPPER.readTree(response.body())).isEqualTo(listed);
        }
        client.call("agent", "message", "/model");
        JsonNode said = client.event("command_result").get("payload");
        assertThat(said.at("/data/models")).isEqualTo(listed.path("models"));
        assertThat(said.path("text").stringValue()).contains("\n  vllm/qwen (VLLM_KEY is not set)");
    }
}
