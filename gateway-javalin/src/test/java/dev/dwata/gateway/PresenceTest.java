package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PresenceTest {
    private final ScriptedModel model = new ScriptedModel();
    private final CountDownLatch toolMayEnd = new CountDownLatch(1);
    private final TestGateway gateway = TestGateway.with(
            model,
            Tool.of(
                    new ToolSpec.Head("test.slow", "Waits.", Effect.ONCE, Approval.AUTO),
                    TestTools.Text.class,
                    (arguments, context) -> {
                        context.progress().report(0.4, "nearly half");
                        toolMayEnd.await();
                        return ToolOutcome.success(Map.of());
                    }));

    @AfterEach
    void close() {
        gateway.close();
    }

    private static JsonNode presence(Client client, Predicate<JsonNode> wanted) {
        return client.eventsTo(event -> Client.name(event).equals("presence") && wanted.test(event.get("payload")))
                .getLast()
                .get("payload");
    }

    private static JsonNode participant(JsonNode payload, String name) {
        for (JsonNode participant : payload.path("participants")) {
            if (participant.get("name").stringValue().equals(name)) {
                return participant;
            }
        }
        return Json.MAPPER.missingNode();
    }

    private static Predicate<JsonNode> agentIs(String status) {
        return payload -> payload.at("/participants").values().stream()
                .anyMatch(one -> one.at("/state/status").asString("").equals(status));
    }

    /// S3-85, S3-88, S3-110
    @Test
    void showsTheOthersWhatAClientSaysOfItself() {
        Client ada = gateway.client("clientName", "Ada", "clientId", "ada");
        String session = ada.call("sessions.new").get("sessionId").stringValue();
        Client bob = gateway.client("clientName", "Bob", "sessionId", session);

        JsonNode state = Json.MAPPER.readTree("{\"cursor\":{\"x\":1,\"y\":2},\"selection\":[\"a\"],\"typing\":true}");
        ada.call("presence.update", "state", state);

        JsonNode seen = presence(bob, payload -> participant(payload, "Ada").has("state"));
        JsonNode other = participant(seen, "Ada");
        assertThat(other.get("state")).isEqualTo(state);
        assertThat(other.get("isAgent").booleanValue()).isFalse();
        assertThat(other.get("color").stringValue()).matches("#[0-9a-f]{6}");
        assertThat(participant(seen, "Bob").has("state")).isFalse();

        ada.call("presence.update", "sessionId", session);
        presence(bob, payload -> !participant(payload, "Ada").has("state"));
    }

    /// S3-113, S3-125, S3-126: what somebody shows goes with the connection, and nothing else does
    @Test
    void takesBackWhatAClientShowedWhenItsConnectionGoes() {
        Client ada = gateway.client("clientName", "Ada");
        String session = ada.call("sessions.new").get("sessionId").stringValue();
        Client bob = gateway.client("clientName", "Bob", "sessionId", session);
        Client eve = gateway.client("clientName", "Eve", "sessionId", session);
        eve.call("presence.update", "state", Map.of("typing", true));
        ada.call("presence.update", "state", Map.of("typing", true));
        presence(
                bob,
                payload -> participant(payload, "Ada").has("state")
                        && participant(payload, "Eve").has("state"));

        ada.close();

        JsonNode left = presence(bob, payload -> participant(payload, "Ada").isMissingNode());
        assertThat(participant(left, "Eve").at("/state/typing").booleanValue()).isTrue();
        assertThat(participant(left, "AI Assistant").get("isAgent").booleanValue())
                .isTrue();
    }

    /// S3-101, S3-116, S3-122: whoever comes hears at once who is there, the agent included
    @Test
    void showsTheAgentWithItsIdentityToWhoeverComes() {
        Client ada = gateway.client("clientName", "Ada");
        String session = ada.call("sessions.new").get("sessionId").stringValue();

        JsonNode agent = participant(presence(ada, agentIs("ready")), "AI Assistant");

        assertThat(agent.get("isAgent").booleanValue()).isTrue();
        assertThat(agent.get("userId").stringValue())
                .isEqualTo("agent-" + agent.get("agentId").stringValue());
        assertThat(agent.get("color").stringValue()).isIn("#8b5cf6", "#a855f7", "#7c3aed", "#6366f1", "#818cf8");
        assertThat(agent.get("type").stringValue()).isEqualTo("gateway");
        assertThat(agent.get("state")).isEqualTo(Json.MAPPER.readTree("{\"status\":\"ready\",\"typing\":false}"));
        Client later = gateway.client("sessionId", session);
        assertThat(participant(presence(later, agentIs("ready")), "AI Assistant"))
                .isEqualTo(agent);
    }

    /// S3-71, S3-72, S3-73, S2-35, S2-36
    @Test
    void followsWhatTheAgentDoes() {
        Gate gate = new Gate();
        model.calls("test.slow", "{\"text\":\"x\"}")
                .turn(turn -> turn.says("Do").waits(gate).says("ne."));
        Client ada = gateway.client();
        ada.call("agent", "message", "Work.");

        JsonNode using = presence(
                ada,
                payload -> participant(payload, "AI Assistant")
                        .at("/state/progress")
                        .isInt());
        assertThat(participant(using, "AI Assistant").get("state"))
                .isEqualTo(Json.MAPPER.readTree(
                        "{\"status\":\"busy\",\"currentTask\":\"test.slow\",\"progress\":40,\"typing\":true}"));
        toolMayEnd.countDown();
        presence(
                ada,
                payload -> participant(payload, "AI Assistant")
                        .at("/state/currentTask")
                        .asString("")
                        .equals("Answering"));
        gate.open();
        presence(ada, agentIs("ready"));
    }

    /// A client that comes in the middle of a run is told what it does
    @Test
    void knowsWhatTheAgentDoesWhenNobodyWatchedBefore() {
        model.calls("test.slow", "{\"text\":\"x\"}").says("Done.");
        Client ada = gateway.client();
        String session = ada.call("agent", "message", "Work.").get("sessionId").stringValue();
        ada.event("tool_call");
        ada.close();

        Client later = gateway.client("sessionId", session);
        JsonNode agent = participant(presence(later, agentIs("busy")), "AI Assistant");
        assertThat(agent.at("/state/currentTask").stringValue()).isEqualTo("test.slow");
        JsonNode listed = later.call("status", "sessionId", session).at("/session/participants");
        assertThat(listed.values()).last().isEqualTo(agent);
        toolMayEnd.countDown();
        presence(later, agentIs("ready"));
    }

    /// S3-74, S3-115
    @Test
    void showsThatARunFailedAndThatASessionWasPutAway() {
        model.fails(new AgentError.ModelRejected("the key is not valid", 401)).says("Fine.");
        Client ada = gateway.client();
        String session = ada.call("agent", "message", "Hi").get("sessionId").stringValue();

        JsonNode failed = participant(presence(ada, agentIs("error")), "AI Assistant");
        assertThat(failed.at("/state/error").stringValue()).isEqualTo("the key is not valid");
        ada.call("agent", "message", "Again", "sessionId", session);
        presence(ada, agentIs("ready"));
        ada.call("sessions.archive", "sessionId", session);
        presence(ada, agentIs("terminated"));
    }

    @Test
    void doesNotTellAClientOfItself() {
        Client ada = gateway.client("clientName", "Ada");
        String session = ada.call("sessions.new").get("sessionId").stringValue();
        presence(ada, agentIs("ready"));
        Client bob = gateway.client("clientName", "Bob", "sessionId", session);
        presence(ada, payload -> !participant(payload, "Bob").isMissingNode());

        ada.call("presence.update", "state", Map.of("typing", true));
        presence(bob, payload -> participant(payload, "Ada").has("state"));
        ada.settle();

        assertThat(ada.allEvents())
                .noneMatch(event -> participant(event.get("payload"), "Ada").has("state"));
    }

    /// Moves of a pointer are many: of those within a moment only the last is told
    @Test
    void tellsMovesTogether() {
        Client ada = gateway.client("clientName", "Ada");
        String session = ada.call("sessions.new").get("sessionId").stringValue();
        Client bob = gateway.client("sessionId", session);
        long from = System.nanoTime();
        for (int x = 1; x <= 400; x++) {
            ada.send("presence.update", Client.params("state", Map.of("cursor", x)));
        }

        presence(bob, payload -> participant(payload, "Ada").at("/state/cursor").asInt(0) == 400);
        long moments = (System.nanoTime() - from) / 50_000_000 + 3;

        assertThat(bob.allEvents().stream()
                        .filter(event -> Client.name(event).equals("presence"))
                        .count())
                .isLessThanOrEqualTo(moments);
    }

    @Test
    void refusesWhatCannotBeShown() {
        Client ada = gateway.client();
        JsonNode nowhere = ada.refused("presence.update", "state", Map.of());
        assertThat(nowhere.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
        String session = ada.call("sessions.new").get("sessionId").stringValue();

        assertThat(ada.refused("presence.update", "state", "here").get("error").stringValue())
                .isEqualTo("state must be an object, not a string");
        JsonNode large = ada.refused("presence.update", "state", Map.of("text", "x".repeat(5_000)));
        assertThat(large.get("code").stringValue()).isEqualTo("TOO_LARGE");
        assertThat(large.get("error").stringValue()).isEqualTo("state must be at most 4096 bytes, not 5011");
        JsonNode elsewhere = gateway.client().refused("presence.update", "state", Map.of(), "sessionId", session);
        assertThat(elsewhere.get("error").stringValue())
                .isEqualTo("this connection does not follow session " + session + ": sessions.attach comes first");
    }
}
