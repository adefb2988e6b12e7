package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentError;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FailureTest {
    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model, TestTools.broken());

    @AfterEach
    void close() {
        gateway.close();
    }

    /// S4-55, S4-230, C-42
    @Test
    void reportsAToolThatFailedAndGoesOn() {
        model.calls("test.broken", "{\"text\":\"x\"}").says("It did not work.");
        Client client = gateway.client();

        client.call("agent", "message", "Try");
        List<JsonNode> events = client.eventsTo("final");

        JsonNode result = only(events, "tool_result").get("payload");
        assertThat(result.get("success").booleanValue()).isFalse();
        assertThat(result.get("error").stringValue()).isEqualTo("it is broken");
        JsonNode error = only(events, "error").get("payload");
        assertThat(error.get("errorCode").stringValue()).isEqualTo("TOOL_FAILED");
        assertThat(error.get("message").stringValue()).contains("it is broken");
        assertThat(error.get("retryable").booleanValue()).isFalse();
        assertThat(error.get("fatal").booleanValue()).isFalse();
        client.settle();
    }

    private static JsonNode only(List<JsonNode> events, String name) {
        List<JsonNode> found =
                events.stream().filter(event -> Client.name(event).equals(name)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /// S4-49, S4-56, S4-231, C-43
    @Test
    void reportsAModelThatRefused() {
        model.fails(new AgentError.ModelRejected("the key is not valid", 401)).says("Better.");
        Client client = gateway.client();

        client.call("agent", "message", "Hello");

        JsonNode error = client.event("error").get("payload");
        assertThat(error.get("errorCode").stringValue()).isEqualTo("MODEL_REJECTED");
        assertThat(error.get("message").stringValue()).isEqualTo("the key is not valid");
        assertThat(error.get("retryable").booleanValue()).isFalse();
        assertThat(error.get("fatal").booleanValue()).isTrue();
        client.call("agent", "message", "Again");
        assertThat(client.event("final").at("/payload/content").stringValue()).isEqualTo("Better.");
    }

    @Test
    void tellsWhenItIsWorthTryingAgain() {
        model.fails(new AgentError.ModelUnavailable("busy", Duration.ofSeconds(3)));
        Client client = gateway.client();

        client.call("agent", "message", "Hello");

        JsonNode error = client.event("error").get("payload");
        assertThat(error.get("retryable").booleanValue()).isTrue();
        assertThat(error.get("retryAfterMs").longValue()).isEqualTo(3_000);
    }

    /// S4-233
    @Test
    void sendsExactlyWhatAClientMissedWhileItWasAway() {
        Gate dropped = new Gate();
        Gate returned = new Gate();
        model.turn(t -> t.says("a ", "b ")
                .waits(dropped)
                .says("c ", "d ")
                .waits(returned)
                .says("e"));
        Client client = gateway.client("clientId", "me");
        String session =
                client.call("agent", "message", "Spell").get("sessionId").stringValue();
        client.event("token");
        long last = client.event("token").get("seq").longValue();
        client.close();
        dropped.open();
        TestGateway.eventually("it went on", () -> gateway.store.log().headSeq(new SessionId(session)) == last + 2);

        Client again = gateway.open();
        JsonNode connected = again.connect("clientId", "me", "sessionId", session, "afterSeq", last);
        List<JsonNode> replay = again.eventsTo("synced");
        returned.open();
        List<JsonNode> live = again.eventsTo("final");

        assertThat(connected.get("isReconnect").booleanValue()).isTrue();
        assertThat(replay.stream()
                        .filter(event -> event.has("seq"))
                        .map(event -> event.get("seq").longValue()))
                .containsExactly(last + 1, last + 2);
        assertThat(replay.getLast().at("/payload/headSeq").longValue()).isEqualTo(last + 2);
        assertThat(live.stream()
                        .filter(event -> event.has("seq"))
                        .map(event -> event.get("seq").longValue()))
                .containsExactly(last + 3, last + 4, last + 5);
        assertThat(again.call("sessions.history").at("/messages/1/content").stringValue())
                .isEqualTo("a b c d e");
    }
}
