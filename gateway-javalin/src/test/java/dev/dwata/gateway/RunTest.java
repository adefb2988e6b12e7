package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RunTest {
    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model, TestTools.echo());

    @AfterEach
    void close() {
        gateway.close();
    }

    private static List<String> names(List<JsonNode> events) {
        return events.stream()
                .map(Client::name)
                .filter(name -> !name.equals("presence") && !name.equals("session.updated"))
                .toList();
    }

    /// S4-34, S4-38, S4-39, S4-43 to S4-47, S4-63, S4-65, S4-208
    @Test
    void goesFromConnectOverEventsToTheFinalOne() {
        model.turn(t -> t.thinks("Hm.").says("Let me ", "see.").calls("test.echo", "{\"text\":\"hi\"}"))
                .says("It says ", "hi.");
        Client client = gateway.client();

        JsonNode ack = client.call("agent", "message", "What does it say?");
        List<JsonNode> events = client.eventsTo("final");

        assertThat(ack.get("status").stringValue()).isEqualTo("accepted");
        assertThat(ack.get("runId").stringValue()).startsWith("run_");
        assertThat(ack.get("seq").longValue()).isEqualTo(1);
        assertThat(ack.has("position")).isFalse();
        assertThat(names(events))
                .containsExactly(
                        "message",
                        "status",
                        "status",
                        "reasoning",
                        "token",
                        "token",
                        "turn",
                        "status",
                        "tool_call",
                        "tool_result",
                        "status",
                        "status",
                        "token",
                        "token",
                        "turn",
                        "status",
                        "final");
        assertThat(events.stream()
                        .filter(e -> Client.name(e).equals("status"))
                        .map(e -> e.at("/payload/status").stringValue()))
                .containsExactly("thinking", "streaming", "executing_tool", "thinking", "streaming", "done");
        assertThat(events.stream()
                        .filter(e -> e.has("seq"))
                        .map(e -> e.get("seq").longValue()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
        assertThat(events)
                .filteredOn(e ->
                        !Client.name(e).equals("presence") && !Client.name(e).equals("session.updated"))
                .allMatch(e -> e.at("/payload/runId").equals(ack.get("runId")))
                .allMatch(e -> e.at("/payload/sessionId").equals(ack.get("sessionId")));
    }

    /// S4-39, S4-43 to S4-47, S4-51
    @Test
    void sendsEachEventWithItsFields() {
        model.calls("test.echo", "{\"text\":\"hi\"}").says("Done.");
        Client client = gateway.client("clientId", "tab", "clientType", "cli");

        client.call("agent", "message", "Go.");
        List<JsonNode> events = client.eventsTo("final");

        JsonNode message = first(events, "message");
        assertThat(message.at("/payload/role").stringValue()).isEqualTo("user");
        assertThat(message.at("/payload/content").stringValue()).isEqualTo("Go.");
        assertThat(message.at("/payload/fromSelf").booleanValue()).isTrue();
        assertThat(message.at("/payload/clientType").stringValue()).isEqualTo("cli");
        assertThat(message.at("/payload/messageId").stringValue()).startsWith("msg_");
        assertThat(message.at("/payload/timestamp").stringValue()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
        assertThat(message.get("payload").has("connectionId")).isFalse();
        assertThat(message.get("payload").has("clientId")).isFalse();
        assertThat(message.get("time").stringValue()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
        assertThat(first(events, "status").has("time")).isFalse();
        JsonNode call = first(events, "tool_call").get("payload");
        assertThat(call.get("toolName").stringValue()).isEqualTo("test.echo");
        assertThat(call.at("/arguments/text").stringValue()).isEqualTo("hi");
        JsonNode result = first(events, "tool_result").get("payload");
        assertThat(result.get("toolCallId")).isEqualTo(call.get("toolCallId"));
        assertThat(result.get("success").booleanValue()).isTrue();
        assertThat(result.at("/result/text").stringValue()).isEqualTo("hi");
        JsonNode end = events.getLast().get("payload");
        assertThat(end.get("content").stringValue()).isEqualTo("Done.");
        assertThat(end.get("stopReason").stringValue()).isEqualTo("end_turn");
        assertThat(end.get("turns").intValue()).isEqualTo(2);
        assertThat(client.call("sessions.history").at("/messages/2/id")).isEqualTo(end.get("messageId"));
    }

    private static JsonNode first(List<JsonNode> events, String name) {
        return events.stream()
                .filter(e -> Client.name(e).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// S4-63: also for a run that is over before the caller is told of it
    @Test
    void answersBeforeAnyEventOfTheRun() {
        for (int i = 0; i < 50; i++) {
            model.says("Yes.");
        }
        Client client = gateway.client();

        for (int i = 0; i < 50; i++) {
            String id = client.send("agent", Client.params("message", "Really?"));
            JsonNode run = client.response(id).at("/payload/runId");
            client.event("final");
            List<JsonNode> frames = client.allFrames();
            int ack = frames.indexOf(client.response(id));
            assertThat(frames.subList(0, ack))
                    .noneMatch(frame -> frame.at("/payload/runId").equals(run));
        }
    }

    /// S4-29, S4-31
    @Test
    void makesASessionOnceAndStaysInIt() {
        model.says("One.").says("Two.");
        Client client = gateway.client();

        JsonNode first = client.call("agent", "message", "First");
        client.event("final");
        JsonNode second = client.call("agent", "message", "Second");
        client.event("final");

        assertThat(second.get("sessionId")).isEqualTo(first.get("sessionId"));
        assertThat(client.call("sessions.list").get("total").longValue()).isEqualTo(1);
        assertThat(client.call("sessions.list").at("/sessions/0/title").stringValue())
                .isEqualTo("First");
        assertThat(client.call("sessions.history").get("messages")).hasSize(4);
    }

    /// S4-66: a session by name does not become the current one, but is followed
    @Test
    void followsASessionThatItNames() {
        model.says("One.").says("Two.");
        Client client = gateway.client();
        String own = client.call("sessions.new").get("sessionId").stringValue();
        String other = gateway.client().call("sessions.new").get("sessionId").stringValue();

        client.call("agent", "message", "There", "sessionId", other);
        assertThat(client.event("final").at("/payload/sessionId").stringValue()).isEqualTo(other);
        client.call("agent", "message", "Here");

        assertThat(client.event("final").at("/payload/sessionId").stringValue()).isEqualTo(own);
    }

    @Test
    void leavesNoSessionBehindWhenAMessageIsRefused() {
        Client client = gateway.client();

        client.refused("agent", "message", "x", "idempotencyKey", "not valid");

        assertThat(gateway.store
                        .sessions()
                        .list(Principal.LOCAL, SessionQuery.latest(10))
                        .sessions())
                .isEmpty();
    }

    @Test
    void saysWhatItDoesNotSupport() {
        Client client = gateway.client();

        assertThat(client.refused("agent", "message", "x", "queueMode", "steer")
                        .get("code")
                        .stringValue())
                .isEqualTo("UNSUPPORTED");
        assertThat(client.refused("agent", "message", "x", "queueMode", "interrupt")
                        .get("code")
                        .stringValue())
                .isEqualTo("UNSUPPORTED");
        model.says("Fine.");
        client.call("agent", "message", "x", "queueMode", "queue", "attachments", List.of(), "context", List.of(1));
        client.event("final");
    }

    /// A9, A11, A12: the reply was lost, and the client asks again over another connection
    @Test
    void takesTheSameKeyAndRequestOnce() {
        Gate gate = new Gate();
        model.turn(t -> t.waits(gate).says("Once."));
        Client client = gateway.client();
        JsonNode first = client.call("agent", "message", "Pay", "idempotencyKey", "k-1", "context", ordered("a", "b"));

        Client again = gateway.client();
        JsonNode running = again.call("agent", "context", ordered("b", "a"), "idempotencyKey", "k-1", "message", "Pay");
        assertThat(running.get("runId")).isEqualTo(first.get("runId"));
        assertThat(running.get("sessionId")).isEqualTo(first.get("sessionId"));
        assertThat(running.get("status").stringValue()).isEqualTo("running");
        gate.open();

        assertThat(again.event("message").get("seq").longValue()).isEqualTo(1);
        again.event("final");
        client.event("final");
        JsonNode over = client.call("agent", "message", "Pay", "idempotencyKey", "k-1", "context", ordered("a", "b"));
        assertThat(over.get("status").stringValue()).isEqualTo("completed");
        assertThat(over.get("runId")).isEqualTo(first.get("runId"));
        assertThat(model.requests()).hasSize(1);
        assertThat(client.call("sessions.list").get("total").longValue()).isEqualTo(1);
    }

    private static JsonNode ordered(String first, String second) {
        return Client.params("list", List.of(Client.params(first, 1, second, 1)));
    }

    /// A10
    @Test
    void refusesTheSameKeyForAnotherRequest() {
        model.says("Once.");
        Client client = gateway.client();
        String session = client.call("sessions.new").get("sessionId").stringValue();
        client.call("agent", "message", "Pay", "idempotencyKey", "k", "sessionId", session);

        for (JsonNode other : List.of(
                Client.params("message", "Pay more", "idempotencyKey", "k", "sessionId", session),
                Client.params("message", "Pay", "idempotencyKey", "k"),
                Client.params("message", "Pay", "idempotencyKey", "k", "sessionId", session, "context", 2))) {
            JsonNode refused = client.respond("agent", other);
            assertThat(refused.path("code").asString("")).isEqualTo("IDEMPOTENCY_CONFLICT");
        }
    }

    /// S4-94, S4-95, S4-96
    @Test
    void tellsWhatIsUnderWay() throws InterruptedException {
        Gate gate = new Gate();
        model.turn(t -> t.waits(gate).says("Done."));
        Client client = gateway.client();
        Client other = gateway.client();
        JsonNode ack = client.call("agent", "message", "Go");
        gate.awaitArrival();

        JsonNode status = other.call("status", "sessionId", ack.get("sessionId"));

        assertThat(status.at("/gateway/version").stringValue()).isEqualTo("0.1.1");
        assertThat(status.at("/gateway/uptime").longValue()).isNotNegative();
        assertThat(status.at("/gateway/activeConnections").intValue()).isEqualTo(2);
        assertThat(status.at("/gateway/activeSessions").intValue()).isEqualTo(1);
        assertThat(status.at("/session/activeRun")).isEqualTo(ack.get("runId"));
        assertThat(status.at("/session/queuedRequests").intValue()).isZero();
        assertThat(status.at("/session/messageCount").longValue()).isEqualTo(1);
        assertThat(status.at("/session/model").stringValue()).isEqualTo("scripted/script");
        assertThat(status.at("/session/view/clients").intValue()).isEqualTo(1);
        assertThat(other.call("status").has("session")).isFalse();
        client.close();
        TestGateway.eventually(
                "the connection is gone",
                () -> other.call("status").at("/gateway/activeConnections").intValue() == 1);
        assertThat(other.call("status").at("/gateway/activeSessions").intValue())
                .isEqualTo(1);
        gate.open();
        TestGateway.eventually(
                "nothing is active",
                () -> other.call("status").at("/gateway/activeSessions").intValue() == 0);
    }
}
