package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Answers that follow a schema, over both doors.
@Timeout(60)
class OutputSchemaTest {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"integer\"}},\"required\":[\"answer\"]}";

    private final ScriptedModel model = new ScriptedModel();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TestGateway gateway = TestGateway.with(model, new InMemoryStore());

    @AfterEach
    void close() {
        gateway.close();
        http.shutdownNow();
    }

    @Test
    void whatDoesNotFollowTheSchemaIsVoidAndSaidAgain() {
        model.says("42").says("{\"answer\":42}");
        Client client = gateway.client();

        client.call("agent", "message", "6 x 7?", "outputSchema", Json.MAPPER.readTree(SCHEMA));

        List<JsonNode> events = client.eventsTo("final");
        assertThat(events)
                .extracting(Client::name)
                .containsSubsequence("message", "token", "attempt_reset", "token", "turn", "final");
        assertThat(events.getLast().path("payload").path("content").asString()).isEqualTo("{\"answer\":42}");
        assertThat(model.requests().getFirst().outputSchema()).isEqualTo(Json.MAPPER.readTree(SCHEMA));
    }

    @Test
    void anAnswerOverHttpFollowsItsSchema() throws Exception {
        model.says("{\"answer\":1}").says("{\"answer\":2}");

        JsonNode made = post("/sessions", "{\"userPrompt\":\"?\",\"outputSchema\":" + SCHEMA + "}");
        JsonNode answer = post(
                "/sessions/" + made.path("sessionId").asString() + "/messages?wait=true",
                "{\"message\":\"?\",\"outputSchema\":" + SCHEMA + "}");

        assertThat(answer.path("content").asString()).isEqualTo("{\"answer\":2}");
        assertThat(model.requests()).allMatch(request -> request.outputSchema() != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | outputSchema must be a JSON Schema with \"type\":\"object\"",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"https://a.b/c\"}}} | outputSchema $ref must refer to something in the schema itself, beginning with '#', not 'https://a.b/c'"
            })
    void whatIsNoSchemaIsRefused(String schema, String error) {
        JsonNode refused =
                gateway.client().refused("agent", "message", "?", "outputSchema", Json.MAPPER.readTree(schema));

        assertThat(refused.path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.path("error").asString()).isEqualTo(error);
        assertThat(model.requests()).isEmpty();
    }

    private JsonNode post(String path, String body) throws Exception {
        return Json.MAPPER.readTree(http.send(
                        HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
