package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QueueTest {
    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model);
    private final Gate gate = new Gate();
    private Client client;
    private Client watcher;
    private String session;

    @BeforeEach
    void startARunThatWaits() throws InterruptedException {
        model.turn(t -> t.says("First ").waits(gate).says("done."))
                .says("Second done.")
                .says("Third done.");
        client = gateway.client();
        session = client.call("sessions.new").get("sessionId").stringValue();
        watcher = gateway.client("sessionId", session);
        watcher.event("synced");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private JsonNode startFirst() throws InterruptedException {
        JsonNode ack = client.call("agent", "message", "First");
        gate.awaitArrival();
        return ack;
    }

    /// S4-41, S4-42, S4-52, S4-53, S4-64, S4-67, S4-69, S4-215, S4-216, S4-217
    @Test
    void runsTheSecondRequestAfterTheFirst() throws InterruptedException {
        JsonNode first = startFirst();
        String request = client.send("agent", Client.params("message", "Second"));
        JsonNode second = client.response(request).get("payload");

        assertThat(second.get("status").stringValue()).isEqualTo("queued");
        assertThat(second.get("position").intValue()).isEqualTo(1);
        JsonNode queued = client.event("queued").get("payload");
        assertThat(queued.get("requestId").stringValue()).isEqualTo(request);
        assertThat(queued.get("position").intValue()).isEqualTo(1);
        assertThat(queued.get("runId")).isEqualTo(second.get("runId"));
        assertThat(queued.get("message").stringValue()).contains("✓").contains("1");
        assertThat(client.call("status", "sessionId", session)
                        .at("/session/queuedRequests")
                        .intValue())
                .isEqualTo(1);
        gate.open();

        assertThat(client.event("final").at("/payload/runId")).isEqualTo(first.get("runId"));
        assertThat(client.event("final").at("/payload/runId")).isEqualTo(second.get("runId"));
        assertThat(watcher.event("queued").at("/payload/runId")).isEqualTo(second.get("runId"));
        assertThat(watcher.event("final").at("/payload/runId")).isEqualTo(first.get("runId"));
        assertThat(watcher.event("token").at("/payload/runId")).isEqualTo(second.get("runId"));
    }

    /// S4-70, S4-71, S4-72, S4-75, S4-76, S4-218, S4-220: by another client, by default the one that runs
    @Test
    void cancelsTheRunUnderWay() throws InterruptedException {
        JsonNode first = startFirst();
        JsonNode second = client.call("agent", "message", "Second");

        JsonNode payload = watcher.call("agent.cancel", "reason", "enough");

        assertThat(payload.get("runId")).isEqualTo(first.get("runId"));
        assertThat(payload.get("message").stringValue()).contains("requested");
        for (Client each : new Client[] {client, watcher}) {
            JsonNode cancelled = each.event("cancelled").get("payload");
            assertThat(cancelled.get("runId")).isEqualTo(first.get("runId"));
            assertThat(cancelled.get("reason").stringValue()).isEqualTo("enough");
            assertThat(each.event("final").at("/payload/runId")).isEqualTo(second.get("runId"));
        }
    }

    /// S4-73, S4-219, S4-220
    @Test
    void cancelsARunThatWaits() throws InterruptedException {
        startFirst();
        JsonNode second = client.call("agent", "message", "Second");
        JsonNode third = client.call("agent", "message", "Third");
        assertThat(third.get("position").intValue()).isEqualTo(2);

        client.call("agent.cancel", "runId", second.get("runId"));

        assertThat(client.event("cancelled").at("/payload/runId")).isEqualTo(second.get("runId"));
        assertThat(watcher.event("cancelled").at("/payload/runId")).isEqualTo(second.get("runId"));
        gate.open();
        client.event("final");
        assertThat(client.event("final").at("/payload/runId")).isEqualTo(third.get("runId"));
        assertThat(model.requests()).hasSize(2);
    }

    /// S4-74
    @Test
    void refusesToCancelWhatDoesNotRun() throws InterruptedException {
        assertThat(client.refused("agent.cancel").get("code").stringValue()).isEqualTo("NOT_FOUND");
        assertThat(client.refused("agent.cancel", "runId", "run_0190b5a0-0000-7000-8000-000000000000")
                        .get("code")
                        .stringValue())
                .isEqualTo("NOT_FOUND");
        JsonNode first = startFirst();
        gate.open();
        client.event("final");
        TestGateway.eventually(
                "the lane is free", () -> gateway.runtime.busySessions().isEmpty());

        assertThat(client.refused("agent.cancel", "runId", first.get("runId"))
                        .get("code")
                        .stringValue())
                .isEqualTo("CONFLICT");
    }
}
