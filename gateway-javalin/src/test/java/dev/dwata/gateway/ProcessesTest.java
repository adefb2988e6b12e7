package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Tool calls that are under way, seen and stopped by clients.
@Timeout(60)
class ProcessesTest {
    private static final String UNKNOWN = "01890000-0000-7000-8000-000000000000";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final ScriptedModel model = new ScriptedModel();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;

    private record To(String to) {}

    private Tool slow() {
        return Tool.of(
                new ToolSpec.Head("test.slow", "Never ends by itself.", Effect.ONCE, Approval.AUTO),
                To.class,
                (arguments, context) -> {
                    context.progress().report(0.25, "to " + arguments.to());
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return ToolOutcome.success(Map.of());
                });
    }

    @BeforeEach
    void start() {
        gateway = TestGateway.over(
                AgentRuntime.builder().tools(List.of(slow())).policy(ToolPolicy.asking()), model, new InMemoryStore());
        model.calls("test.slow", "{\"to\":\"Ada\"}").says("It was stopped.");
    }

    @AfterEach
    void close() {
        gateway.close();
        http.shutdownNow();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /// @return the process
    private JsonNode slowed(Client client) throws InterruptedException {
        client.call("agent", "message", "Go.");
        begun.await();
        return client.call("processes.list").path("processes").path(0);
    }

    /// @param status of the answer
    private record Reply(int status, JsonNode body) {}

    private Reply sent(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), Json.MAPPER.readTree(response.body()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path))
                .header("Content-Type", "application/json");
    }

    @Test
    void aClientStopsABlockingToolAndTheRunGoesOn_S4_149() throws Exception {
        Client client = gateway.client();
        JsonNode process = slowed(client);
        assertThat(text(process, "toolName")).isEqualTo("test.slow");
        assertThat(text(process, "status")).isEqualTo("executing");
        assertThat(process.path("progress").asDouble()).isEqualTo(0.25);
        assertThat(text(process, "message")).isEqualTo("to Ada");
        Client other = gateway.client();
        assertThat(other.call("processes.list", "sessionId", text(process, "sessionId"))
                        .path("processes")
                        .path(0))
                .isEqualTo(process);

        JsonNode answer = other.call("processes.cancel", "processId", text(process, "processId"), "reason", "enough");

        assertThat(text(answer, "processId")).isEqualTo(text(process, "processId"));
        JsonNode result = client.event("tool_result").path("payload");
        assertThat(text(result, "error")).isEqualTo("cancelled: enough");
        assertThat(text(client.event("final").path("payload"), "content")).isEqualTo("It was stopped.");
        assertThat(client.call("processes.list").path("processes")).isEmpty();
        assertThat(text(other.refused("processes.cancel", "processId", text(process, "processId")), "code"))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void theSameOverHttp() throws Exception {
        Client client = gateway.client();
        JsonNode process = slowed(client);
        JsonNode listed = client.call("processes.list");
        assertThat(sent(request("/processes"))).isEqualTo(new Reply(200, listed));
        assertThat(sent(request("/processes?sessionId=" + text(process, "sessionId"))))
                .isEqualTo(new Reply(200, listed));
        assertThat(sent(request("/processes?sessionId=" + UNKNOWN)).status()).isEqualTo(404);
        assertThat(sent(request("/processes?sessionId=x")).status()).isEqualTo(400);
        assertThat(sent(request("/processes/" + UNKNOWN + "/cancel").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(404);

        Reply answer = sent(
                request("/processes/" + text(process, "processId") + "/cancel").POST(BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(text(client.event("tool_result").path("payload"), "error"))
                .isEqualTo("cancelled: stopped by the user");
        client.event("final");
    }

    @Test
    void whatIsNoProcessIsSaid() {
        Client client = gateway.client();
        assertThat(text(client.refused("processes.cancel"), "error")).isEqualTo("processId is required");
        assertThat(text(client.refused("processes.cancel", "processId", "1"), "error"))
                .isEqualTo("processId must be a UUID, not '1'");
        assertThat(text(client.refused("processes.list", "sessionId", UNKNOWN), "code"))
                .isEqualTo("NOT_FOUND");
    }
}
