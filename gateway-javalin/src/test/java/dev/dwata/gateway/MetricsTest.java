package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsTest {
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "(?:\\{([a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\"(?:,[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\")*)})?"
            + " ([-+0-9.eE]+|NaN|[+-]Inf)");

    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model, TestTools.echo());
    private final Rest rest = new Rest(gateway);

    @AfterEach
    void close() {
        rest.close();
        gateway.close();
    }

    private HttpResponse<String> scrape() {
        return rest.send(HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/metrics"))
                .build());
    }

    /// Reads the format strictly: each sample belongs to the family before it, and none is there twice.
    private Map<String, Double> metrics() {
        HttpResponse<String> response = scrape();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type.replace(" ", "")).isEqualTo("text/plain;version=0.0.4;charset=utf-8"));
        assertThat(response.body()).endsWith("\n");
        Map<String, Double> samples = new LinkedHashMap<>();
        Set<String> families = new HashSet<>();
        String family = "";
        String type = "";
        for (String line : response.body().lines().toList()) {
            Matcher begins = TYPE.matcher(line);
            if (begins.matches()) {
                family = begins.group(1);
                type = begins.group(2);
                assertThat(families.add(family)).as(line).isTrue();
            } else if (!line.startsWith("# HELP ")) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                String suffix = sample.group(1).substring(family.length());
                assertThat(sample.group(1)).startsWith(family);
                assertThat(suffix).isIn(type.equals("histogram") ? Set.of("_bucket", "_sum", "_count") : Set.of(""));
                String name = line.substring(0, line.lastIndexOf(' '));
                assertThat(samples.put(name, Double.valueOf(sample.group(3))))
                        .as(line)
                        .isNull();
            }
        }
        return samples;
    }

    @Test
    void countsRunsModelsAndTools() {
        model.calls("test.echo", "{\"text\":\"x\"}").says("Done.");
        String session = rest.post("/sessions", "{}").text("sessionId");
        rest.post("/sessions/" + session + "/messages?wait=true", "{\"message\":\"secret words\"}");

        Map<String, Double> metrics = metrics();

        assertThat(metrics)
                .containsEntry("dwata_info{version=\"0.1.1\"}", 1.0)
                .containsEntry("dwata_runs_total{status=\"completed\"}", 1.0)
                .containsEntry("dwata_messages_total", 1.0)
                .containsEntry("dwata_tool_calls_total{tool=\"test.echo\",success=\"true\"}", 1.0)
                .containsEntry("dwata_connections", 0.0)
                .containsEntry("dwata_runs_active", 0.0)
                .containsEntry("dwata_outbox_overflows_total", 0.0)
                .containsEntry("dwata_store_up", 1.0);
        assertThat(metrics.keySet()).anyMatch(name -> name.startsWith("dwata_model_calls_total{model="));
        assertThat(metrics.get("dwata_store_entries_total")).isGreaterThanOrEqualTo(4);
        assertThat(metrics.get("jvm_memory_used_bytes")).isPositive();
        assertThat(scrape().body()).doesNotContain("secret words").doesNotContain(session);
    }

    @Test
    void countsRequestsByTheirRoutesAndNotByTheirPaths() {
        String session = rest.post("/sessions", "{}").text("sessionId");
        rest.get("/sessions/" + session);
        rest.get("/sessions/" + session + "?secret=1");
        rest.get("/sessions/nonsense");
        rest.get("/nothing/" + session);

        String route = "method=\"GET\",route=\"/api/v1/sessions/{id}\"";
        String times = "dwata_http_request_duration_seconds";
        TestGateway.eventually(
                "all are counted",
                () -> metrics().getOrDefault("dwata_http_requests_total{" + route + ",status=\"400\"}", 0.0) == 1
                        && metrics()
                                        .getOrDefault(
                                                "dwata_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"}",
                                                0.0)
                                == 1);
        Map<String, Double> metrics = metrics();
        assertThat(metrics)
                .containsEntry("dwata_http_requests_total{" + route + ",status=\"200\"}", 2.0)
                .containsEntry(times + "_count{" + route + "}", 3.0)
                .containsEntry(times + "_bucket{" + route + ",le=\"+Inf\"}", 3.0);
        assertThat(metrics.get(times + "_bucket{" + route + ",le=\"0.005\"}"))
                .isLessThanOrEqualTo(metrics.get(times + "_bucket{" + route + ",le=\"10.0\"}"));
        assertThat(scrape().body()).doesNotContain(session).doesNotContain("secret");
    }

    @Test
    void showsWhatGoesOnNow() {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("One."));
        model.says("Two.");
        Client client = gateway.client();
        String session = rest.post("/sessions", "{}").text("sessionId");
        client.call("sessions.attach", "sessionId", session);
        rest.post("/sessions/" + session + "/messages", "{\"message\":\"a\"}");
        rest.post("/sessions/" + session + "/messages", "{\"message\":\"b\"}");

        assertThat(metrics())
                .containsEntry("dwata_connections", 1.0)
                .containsEntry("dwata_sessions_active", 1.0)
                .containsEntry("dwata_runs_active", 1.0)
                .containsEntry("dwata_runs_queued", 1.0);
        gate.open();
        TestGateway.eventually(
                "both are over", () -> metrics().getOrDefault("dwata_runs_total{status=\"completed\"}", 0.0) == 2);
    }

    /// S2-10, S2-11: what is kept of a session in memory goes when nobody uses it any more; the session stays.
    @Test
    void aSessionThatNobodyUsesTakesNoMemory() {
        Client client = gateway.client();
        for (int i = 0; i < 300; i++) {
            String session = client.call("sessions.new").path("sessionId").asString("");
            client.call("sessions.detach", "sessionId", session);
        }

        TestGateway.eventually("none is kept", () -> metrics().get("dwata_sessions_active") == 0);
        assertThat(rest.get("/sessions").body().path("total").longValue()).isEqualTo(300);
        assertThat(gateway.runtime.busySessions()).isEmpty();
    }

    @Test
    void everyAnswerNamesItsRequest() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/health"));

        assertThat(rest.send(request.build()).headers().firstValue("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).hasSize(36));
        assertThat(rest.send(request.header("X-Request-Id", "mine-1").build())
                        .headers()
                        .firstValue("X-Request-Id"))
                .hasValue("mine-1");
        assertThat(rest.send(request.setHeader("X-Request-Id", "<script>").build())
                        .headers()
                        .firstValue("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).hasSize(36));
    }
}
