package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.Audit;
import dev.dwata.agent.store.Budgets;
import dev.dwata.agent.store.Children;
import dev.dwata.agent.store.Inputs;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.store.Processes;
import dev.dwata.agent.store.Runs;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.store.Tokens;
import dev.dwata.agent.store.Usage;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HttpTest {
    private static HttpResponse<String> get(TestGateway gateway, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(gateway, path)));
    }

    private static URI uri(TestGateway gateway, String path) {
        return URI.create(gateway.gateway.url() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /// C-47
    @Test
    void isHealthyWhileItsStorageAnswers() throws Exception {
        try (TestGateway gateway = TestGateway.plain()) {
            HttpResponse<String> response = get(gateway, "/health");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            JsonNode body = Json.MAPPER.readTree(response.body());
            assertThat(body.get("status").stringValue()).isEqualTo("healthy");
            assertThat(body.get("database").stringValue()).isEqualTo("connected");
            assertThat(body.get("version").stringValue()).isEqualTo("0.1.1");
            assertThat(body.get("uptime").longValue()).isNotNegative();
        }
    }

    /// C-47
    @Test
    void isDegradedWhileItsStorageIsOnlyReadAndUnhealthyWhileItDoesNotAnswer() throws Exception {
        FailingStore store = new FailingStore();
        try (TestGateway gateway = TestGateway.with(new ScriptedModel(), store)) {
            store.fails = true;
            HttpResponse<String> response = get(gateway, "/health");

            assertThat(response.statusCode()).isEqualTo(503);
            JsonNode body = Json.MAPPER.readTree(response.body());
            assertThat(body.get("status").stringValue()).isEqualTo("degraded");
            assertThat(body.get("database").stringValue()).isEqualTo("connected");
            assertThat(body.get("error").stringValue()).isEqualTo("the disk is full");
            assertThat(body.get("code").stringValue()).isEqualTo("STORAGE_FULL");
            store.isGone = true;
            body = Json.MAPPER.readTree(get(gateway, "/health").body());
            assertThat(body.get("status").stringValue()).isEqualTo("unhealthy");
            assertThat(body.get("database").stringValue()).isEqualTo("unavailable");
            store.isGone = false;
            store.fails = false;
            assertThat(get(gateway, "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysWhatItIs() throws Exception {
        try (TestGateway gateway = TestGateway.plain()) {
            JsonNode body = Json.MAPPER.readTree(get(gateway, "/").body());

            assertThat(body.get("name").stringValue()).isEqualTo("dwata");
            assertThat(body.get("ws").stringValue())
                    .isEqualTo(gateway.gateway.webSocketUrl().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /nothing, 404, NOT_FOUND",
        "GET,  /..%2f..%2fetc/passwd, 404, NOT_FOUND",
        "GET,  /ws, 426, UNSUPPORTED",
        "POST, /health, 405, UNSUPPORTED",
        "DELETE, /, 405, UNSUPPORTED"
    })
    void answersErrorsAsJson(String method, String path, int status, String code) throws Exception {
        try (TestGateway gateway = TestGateway.plain()) {
            HttpResponse<String> response = send(HttpRequest.newBuilder(uri(gateway, path))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.noBody()));

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            JsonNode body = Json.MAPPER.readTree(response.body());
            assertThat(body.get("code").stringValue()).isEqualTo(code);
            assertThat(body.get("error").stringValue()).isNotBlank();
        }
    }

    @Test
    void limitsHeaders() throws Exception {
        try (TestGateway gateway = TestGateway.plain()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri(gateway, "/health")).header("X-Long", "x".repeat(10_000));

            HttpResponse<String> response = send(request);

            assertThat(response.statusCode()).isEqualTo(431);
            assertThat(Json.MAPPER.readTree(response.body()).get("code").stringValue())
                    .isEqualTo("TOO_LARGE");
        }
    }

    /// A store that can be made to fail.
    private static final class FailingStore implements Store {
        private final InMemoryStore store = new InMemoryStore();
        private volatile boolean fails;
        private volatile boolean isGone;

        @Override
        public SessionLog log() {
            return store.log();
        }

        @Override
        public Sessions sessions() {
            return store.sessions();
        }

        @Override
        public Runs runs() {
            if (isGone) {
                throw new AgentException(new AgentError.Internal("there is no storage"));
            }
            return store.runs();
        }

        @Override
        public Memory memory() {
            return store.memory();
        }

        @Override
        public Attachments attachments() {
            return store.attachments();
        }

        @Override
        public Budgets budgets() {
            return store.budgets();
        }

        @Override
        public Usage usage() {
            return store.usage();
        }

        @Override
        public Inputs inputs() {
            return store.inputs();
        }

        @Override
        public PolicyRules rules() {
            return store.rules();
        }

        @Override
        public Audit audit() {
            return store.audit();
        }

        @Override
        public Items items() {
            return store.items();
        }

        @Override
        public Children children() {
            return store.children();
        }

        @Override
        public Processes processes() {
            return store.processes();
        }

        @Override
        public Streams streams() {
            return store.streams();
        }

        @Override
        public StreamSubscriptions streamSubscriptions() {
            return store.streamSubscriptions();
        }

        @Override
        public Tokens tokens() {
            return store.tokens();
        }

        @Override
        public void check() {
            if (fails) {
                throw new AgentException(new AgentError.StorageFull("the disk is full"));
            }
            store.check();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
