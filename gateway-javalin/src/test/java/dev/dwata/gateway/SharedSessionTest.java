package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SharedSessionTest {
    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model);

    @AfterEach
    void close() {
        gateway.close();
    }

    private static List<JsonNode> entries(List<JsonNode> events) {
        return events.stream().filter(event -> event.has("seq")).toList();
    }

    /// S4-40, S4-209, S4-210, S4-211, S4-212
    @Test
    void showsTheSameEventsToEveryoneInTheSession() {
        model.says("Good ", "morning.");
        Client sender = gateway.client("clientType", "cli");
        String session = sender.call("sessions.new").get("sessionId").stringValue();
        Client watcher = gateway.client("sessionId", session);
        watcher.event("synced");

        sender.call("agent", "message", "Hello");
        List<JsonNode> sent = entries(sender.eventsTo("final"));
        List<JsonNode> seen = entries(watcher.eventsTo("final"));

        assertThat(sent.getFirst().at("/payload/fromSelf").booleanValue()).isTrue();
        assertThat(seen.getFirst().at("/payload/fromSelf").booleanValue()).isFalse();
        assertThat(seen.getFirst().at("/payload/clientType").stringValue()).isEqualTo("cli");
        assertThat(seen.getFirst().at("/payload/content").stringValue()).isEqualTo("Hello");
        assertThat(seen.subList(1, seen.size())).isEqualTo(sent.subList(1, sent.size()));
        assertThat(seen).extracting(Client::name).containsExactly("message", "token", "token", "turn", "final");
    }

    /// The same client on two connections: only the one that sent is the sender.
    @Test
    void tellsTheSenderByItsConnectionWhileItHappens() {
        model.says("Hi.");
        Client sender = gateway.client("clientId", "me");
        String session = sender.call("sessions.new").get("sessionId").stringValue();
        Client secondTab = gateway.client("clientId", "me", "sessionId", session);
        secondTab.event("synced");

        sender.call("agent", "message", "Hello");

        assertThat(secondTab.event("message").at("/payload/fromSelf").booleanValue())
                .isFalse();
        assertThat(sender.event("message").at("/payload/fromSelf").booleanValue())
                .isTrue();
    }

    /// S4-213
    @Test
    void goesOnForTheOthersWhenTheSenderLeaves() {
        Gate gate = new Gate();
        model.turn(t -> t.says("Half ").waits(gate).says("and half."));
        Client sender = gateway.client();
        String session = sender.call("sessions.new").get("sessionId").stringValue();
        Client watcher = gateway.client("sessionId", session);
        watcher.event("synced");
        sender.call("agent", "message", "Go");
        watcher.event("token");

        sender.close();
        gate.open();

        assertThat(watcher.event("final").at("/payload/content").stringValue()).isEqualTo("Half and half.");
    }

    /// S4-214
    @Test
    void keepsSessionsApart() {
        model.says("Secret.").says("Public.");
        Client one = gateway.client();
        Client two = gateway.client();
        String secret = one.call("sessions.new").get("sessionId").stringValue();
        two.call("sessions.new");

        one.call("agent", "message", "Hush");
        one.event("final");
        two.call("agent", "message", "Hey");
        two.event("final");

        assertThat(two.allMessages()).noneMatch(message -> message.contains(secret));
        assertThat(two.allMessages()).noneMatch(message -> message.contains("Secret"));
        assertThat(one.allMessages()).noneMatch(message -> message.contains("Public"));
    }

    /// Presence: on joining, leaving and cutting the connection
    @Test
    void tellsWhoIsThere() {
        Client first = gateway.client("clientName", "First", "clientType", "cli");
        String session = first.call("sessions.new").get("sessionId").stringValue();
        assertThat(present(first)).containsExactly("First");
        Client second = gateway.client("clientName", "Second", "clientId", "two");

        second.call("sessions.attach", "sessionId", session);
        JsonNode both = first.event("presence").get("payload");
        assertThat(both.get("participants")).hasSize(3); // and the agent
        assertThat(both.get("sessionId").stringValue()).isEqualTo(session);
        assertThat(both.at("/participants/0/clientType").stringValue()).isEqualTo("cli");
        assertThat(both.at("/participants/1/clientId").stringValue()).isEqualTo("two");
        second.call("sessions.detach", "sessionId", session);
        assertThat(present(first)).containsExactly("First");
        second.call("sessions.attach", "sessionId", session);
        assertThat(present(first)).containsExactly("First", "Second");
        second.close();

        assertThat(present(first)).containsExactly("First");
    }

    private static List<String> present(Client client) {
        return client.event("presence").at("/payload/participants").values().stream()
                .filter(participant -> !participant.get("isAgent").booleanValue())
                .map(participant -> participant.get("name").stringValue())
                .toList();
    }

    /// S4-88, S4-214
    @Test
    void hearsNothingOfASessionItLeft() {
        model.says("One.").says("Two.");
        Client client = gateway.client();
        String left = client.call("sessions.new").get("sessionId").stringValue();
        String kept = gateway.client().call("sessions.new").get("sessionId").stringValue();
        String next = gateway.client().call("sessions.new").get("sessionId").stringValue();
        client.call("sessions.attach", "sessionId", kept);
        client.event("synced");

        client.call("sessions.switch", "sessionId", next);
        client.event("synced");
        Client other = gateway.client();
        other.call("agent", "message", "Left", "sessionId", left);
        other.event("final");
        other.call("agent", "message", "Kept", "sessionId", kept);

        assertThat(client.event("final").at("/payload/sessionId").stringValue()).isEqualTo(kept);
        assertThat(entries(client.allEvents()))
                .noneMatch(e -> e.at("/payload/sessionId").stringValue().equals(left));
    }

    @Test
    void hearsNothingAfterDetaching() {
        model.says("One.").says("Two.");
        Client client = gateway.client();
        String session = client.call("sessions.new").get("sessionId").stringValue();
        assertThat(client.call("sessions.detach", "sessionId", session)
                        .get("sessionId")
                        .stringValue())
                .isEqualTo(session);

        Client other = gateway.client();
        other.call("agent", "message", "Hello", "sessionId", session);
        other.event("final");
        client.settle();

        assertThat(entries(client.allEvents())).isEmpty();
        assertThat(client.refused("sessions.detach", "sessionId", session)
                        .get("code")
                        .stringValue())
                .isEqualTo("NOT_FOUND");
    }
}
