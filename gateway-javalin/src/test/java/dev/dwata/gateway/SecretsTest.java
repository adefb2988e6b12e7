package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentError;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a client is not sent, on any door (P17, N7, G15).
class SecretsTest {
    private static final String KEY = "sk-canary-abcdefghijklmnopqrstuvwxyz";

    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void repeatsNoKeyInTheErrorOfARequest() {
        Client client = gateway.client();

        JsonNode switched = client.refused("sessions.switch", "sessionId", KEY);
        JsonNode unknown = client.refused(KEY);

        assertThat(switched.get("error").stringValue()).isEqualTo("sessionId must be a UUID, not '[redacted]'");
        assertThat(unknown.get("error").stringValue()).startsWith("method '[redacted]' is not known");
        client.settle();
    }

    @Test
    void repeatsNoKeyInWhatARunTells() {
        model.says("It is ", "sk-canary-abcd", "efghijklmnopqrstuvwxyz", ".")
                .fails(new AgentError.ModelRejected("the key " + KEY + " is not valid", 401));
        Client client = gateway.client();

        client.call("agent", "message", "Which?");
        List<JsonNode> told = client.eventsTo("final");
        client.call("agent", "message", "Which?");
        JsonNode error = client.event("error");

        assertThat(told.getLast().at("/payload/content").stringValue()).isEqualTo("It is [redacted].");
        assertThat(told.toString()).doesNotContain("canary");
        assertThat(error.at("/payload/message").stringValue()).isEqualTo("the key [redacted] is not valid");
    }

    @Test
    void repeatsNoKeyInAnAnswerOverHttp() throws Exception {
        assertThat(get("/api/v1/sessions/" + KEY)).contains("[redacted]").doesNotContain("canary");
        assertThat(get("/" + KEY)).contains("[redacted]").doesNotContain("canary");
    }

    private String get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(gateway.gateway.url() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
