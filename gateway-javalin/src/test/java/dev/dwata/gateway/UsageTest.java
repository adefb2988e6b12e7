package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Json;
import dev.dwata.types.TokenUsage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What was used, over both doors.
@Timeout(60)
class UsageTest {
    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model);
    private final Client client = gateway.client();
    private LocalDate day;
    private String session;

    @BeforeEach
    void use() throws InterruptedException {
        model.turn(turn -> turn.says("One.").uses(new TokenUsage(100, 20, 60, 0.25)));
        model.turn(turn -> turn.says("Two.").uses(new TokenUsage(200, 30, 0, 0.5)));
        session = client.call("agent", "message", "Count").get("sessionId").stringValue();
        client.event("final");
        client.call("agent", "message", "On", "sessionId", session);
        client.event("final");
        day = LocalDate.now(ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static final String USED = """
            {"inputTokens":300,"outputTokens":50,"cachedTokens":60,"costUsd":0.75,"cacheWriteTokens":0}""";

    @Test
    void isTheSameOverBothDoors() throws Exception {
        JsonNode byDay = client.call("usage");

        assertThat(byDay).isEqualTo(Json.MAPPER.readTree("""
                        {"from":"%s","to":"%s","by":"day","calls":2,"total":%s,
                         "rows":[{"key":"%s","label":"%s","calls":2,"usage":%s}]}
                        """.formatted(day.minusDays(6), day, USED, day, day, USED)));
        assertThat(get("", 200)).isEqualTo(byDay);
    }

    @Test
    void isShownByModelAndBySession() throws Exception {
        assertThat(client.call("usage", "by", "model").get("rows"))
                .isEqualTo(Json.MAPPER.readTree("""
                        [{"key":"scripted/script","label":"scripted/script","calls":2,"usage":%s}]""".formatted(USED)));
        assertThat(get("?by=session", 200).get("rows")).isEqualTo(Json.MAPPER.readTree("""
                        [{"key":"%s","label":"Count","calls":2,"usage":%s}]""".formatted(session, USED)));
    }

    @Test
    void isThatOfTheDaysThatWereAskedFor() throws Exception {
        JsonNode before = get("?from=" + day.minusDays(9) + "&to=" + day.minusDays(8), 200);

        assertThat(before.get("rows")).isEmpty();
        assertThat(before.get("calls").longValue()).isZero();
        assertThat(get("?from=" + day + "&to=" + day, 200).get("calls").longValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?from=yesterday|from must be a day like 2026-11-21, not 'yesterday'",
                "?from=2026-02-30&to=2026-03-01|from must be a day like 2026-11-21",
                "?from=2026-02-03&to=2026-02-01|from must not be after to",
                "?from=2020-01-01&to=2026-01-01|366 days apart at most",
                "?by=week|by must be day, model or session, not 'week'",
                "?to=2026-01-01&to=2026-01-02|to is there 2 times",
            })
    void saysWhatIsWrong(String query, String problem) throws Exception {
        assertThat(get(query, 400).get("error").stringValue()).contains(problem);
    }

    @Test
    void ofASessionIsPartOfItsStatus() throws InterruptedException {
        JsonNode status = client.call("status", "sessionId", session).get("session");

        assertThat(status.get("usage")).isEqualTo(Json.MAPPER.readTree(USED));
        assertThat(status.get("tokens").longValue()).isEqualTo(350);
        client.call("agent", "message", "/status", "sessionId", session);
        assertThat(client.event("command_result").at("/payload/text").stringValue())
                .contains("Tokens: 350, 0.7500 US dollars");
    }

    private JsonNode get(String query, int status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1/usage" + query))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(status);
            return Json.MAPPER.readTree(response.body());
        }
    }
}
