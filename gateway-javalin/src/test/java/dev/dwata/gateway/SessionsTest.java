package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionsTest {
    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model, TestTools.echo());
    private Client client;

    @BeforeEach
    void connect() {
        client = gateway.client();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private String create(String title) {
        return client.call("sessions.new", "title", title).get("sessionId").stringValue();
    }

    private void ask(String session, String message) {
        model.says("Answer to " + message);
        client.call("agent", "message", message, "sessionId", session);
        client.event("final");
    }

    private List<String> titles(Object... params) {
        return client.call("sessions.list", params).get("sessions").values().stream()
                .map(session -> session.get("title").stringValue())
                .toList();
    }

    /// S4-81, S4-82, S4-83, S4-84, S4-221
    @Test
    void createsASessionAndIsInIt() {
        JsonNode titled = client.call("sessions.new", "title", "Garden", "contextType", "project", "itemId", "i-1");
        assertThat(titled.get("title").stringValue()).isEqualTo("Garden");
        assertThat(titled.get("createdAt").stringValue()).matches("\\d{4}-.*\\.\\d{3}Z");
        JsonNode plain = client.call("sessions.new");
        assertThat(plain.get("title").stringValue()).isEqualTo("New conversation");

        model.says("Here.");
        assertThat(client.call("agent", "message", "Where?").get("sessionId")).isEqualTo(plain.get("sessionId"));
        JsonNode view =
                client.call("status", "sessionId", titled.get("sessionId")).at("/session/view");
        assertThat(view.get("contextType").stringValue()).isEqualTo("project");
        assertThat(view.get("itemId").stringValue()).isEqualTo("i-1");
    }

    /// S4-78, S4-79, S4-80, S4-222, S4-224
    @Test
    void listsByLastActivityAndMovesASessionUp() {
        String first = create("First");
        String second = create("Second");
        ask(first, "one");
        ask(second, "two");
        assertThat(titles()).containsExactly("Second", "First");

        ask(first, "three");

        JsonNode list = client.call("sessions.list", "limit", 1);
        assertThat(list.get("total").longValue()).isEqualTo(2);
        JsonNode top = list.at("/sessions/0");
        assertThat(top.get("id").stringValue()).isEqualTo(first);
        assertThat(top.get("lastMessage").stringValue()).isEqualTo("Answer to three");
        assertThat(top.get("messageCount").longValue()).isEqualTo(4);
        assertThat(top.get("lastActivity").stringValue()).matches("\\d{4}-.*\\.\\d{3}Z");
        assertThat(top.get("clients").intValue()).isEqualTo(1);
        assertThat(titles("limit", 1, "offset", 1)).containsExactly("Second");
        assertThat(titles("query", "two")).containsExactly("Second");
        assertThat(titles("context", "nothing")).isEmpty();
    }

    /// S4-86, S4-87, S4-89, S4-223
    @Test
    void loadsTheHistoryWhenItSwitches() {
        String session = create("Talk");
        for (int i = 1; i <= 12; i++) {
            ask(session, "question " + i);
        }
        Client other = gateway.client();

        JsonNode payload = other.call("sessions.switch", "sessionId", session);

        assertThat(payload.get("title").stringValue()).isEqualTo("Talk");
        assertThat(payload.get("pendingInputs")).isEmpty();
        assertThat(payload.get("recentMessages")).hasSize(20);
        assertThat(payload.at("/recentMessages/0/content").stringValue()).isEqualTo("question 3");
        assertThat(payload.at("/recentMessages/0/role").stringValue()).isEqualTo("user");
        assertThat(payload.at("/recentMessages/19/content").stringValue()).isEqualTo("Answer to question 12");
        long head = payload.get("headSeq").longValue();
        assertThat(head).isEqualTo(12 * 4);
        assertThat(other.event("synced").at("/payload/headSeq").longValue()).isEqualTo(head);
        assertThat(other.allEvents()).noneMatch(event -> event.has("seq"));
    }

    /// S4-90, S4-91, S4-92
    @Test
    void pagesThroughTheHistory() {
        String session = create("Talk");
        for (int i = 1; i <= 3; i++) {
            ask(session, "q" + i);
        }

        JsonNode latest = client.call("sessions.history", "limit", 4);
        assertThat(latest.get("hasMore").booleanValue()).isTrue();
        assertThat(contents(latest)).containsExactly("q2", "Answer to q2", "q3", "Answer to q3");
        JsonNode older = client.call(
                "sessions.history", "sessionId", session, "limit", 4, "before", latest.at("/messages/0/id"));
        assertThat(contents(older)).containsExactly("q1", "Answer to q1");
        assertThat(older.get("hasMore").booleanValue()).isFalse();
        JsonNode unknown = client.refused("sessions.history", "before", "msg_0190b5a0-0000-7000-8000-000000000000");
        assertThat(unknown.get("code").stringValue()).isEqualTo("NOT_FOUND");
    }

    private static List<String> contents(JsonNode history) {
        return history.get("messages").values().stream()
                .map(message -> message.get("content").stringValue())
                .toList();
    }

    @Test
    void showsTheToolCallsOfAMessage() {
        model.turn(t -> t.says("Looking.").calls("test.echo", "{\"text\":\"hi\"}"))
                .says("It is hi.");
        client.call("agent", "message", "What?");
        client.event("final");

        JsonNode messages = client.call("sessions.history").get("messages");

        assertThat(messages).hasSize(3);
        JsonNode call = messages.at("/1/toolCalls/0");
        assertThat(call.get("toolName").stringValue()).isEqualTo("test.echo");
        assertThat(call.at("/arguments/text").stringValue()).isEqualTo("hi");
        assertThat(call.at("/result/text").stringValue()).isEqualTo("hi");
        assertThat(call.get("status").stringValue()).isEqualTo("completed");
        assertThat(messages.get(2).has("toolCalls")).isFalse();
    }

    @Test
    void searchesTitlesAndMessages() {
        ask(create("Tomatoes"), "when to plant them");
        ask(create("Bees"), "how many");

        JsonNode found = client.call("sessions.search", "query", "plant", "dateFilter", "this_week");
        assertThat(found.get("sessions")).hasSize(1);
        assertThat(found.at("/sessions/0/session/title").stringValue()).isEqualTo("Tomatoes");
        assertThat(found.at("/sessions/0/snippet").stringValue()).contains("«plant»");
        assertThat(client.call("sessions.search", "dateFilter", "today").get("sessions"))
                .hasSize(2);
        assertThat(client.call("sessions.search", "dateFilter", "last_week").get("sessions"))
                .isEmpty();
        assertThat(client.call("sessions.search", "query", "bees", "to", "2020-01-01T00:00:00Z")
                        .get("sessions"))
                .isEmpty();
        assertThat(client.refused("sessions.search", "dateFilter", "today", "to", "2020-01-01T00:00:00Z")
                        .get("error")
                        .stringValue())
                .isEqualTo("give either dateFilter or from and to, not both");
    }

    /// S4-85
    @Test
    void renamesArchivesAndDeletes() {
        String session = create("Old");
        assertThat(client.call("sessions.rename", "sessionId", session, "title", " New ")
                        .at("/session/title")
                        .stringValue())
                .isEqualTo("New");
        assertThat(client.refused("sessions.rename", "sessionId", session, "title", "x".repeat(201))
                        .get("code")
                        .stringValue())
                .isEqualTo("INVALID_REQUEST");

        assertThat(client.call("sessions.archive", "sessionId", session)
                        .at("/session/status")
                        .stringValue())
                .isEqualTo("archived");
        assertThat(titles()).isEmpty();
        assertThat(titles("status", "archived")).containsExactly("New");
        assertThat(client.call("sessions.delete", "sessionId", session)
                        .get("sessionId")
                        .stringValue())
                .isEqualTo(session);
        assertThat(titles("status", "archived")).isEmpty();
        assertThat(client.refused("sessions.rename", "sessionId", session, "title", "x")
                        .get("code")
                        .stringValue())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void doesNotDeleteWhatRuns() throws InterruptedException {
        Gate gate = new Gate();
        model.turn(t -> t.waits(gate).says("Done."));
        String session = create("Busy");
        client.call("agent", "message", "Go");
        gate.awaitArrival();

        assertThat(client.refused("sessions.delete", "sessionId", session)
                        .get("code")
                        .stringValue())
                .isEqualTo("CONFLICT");

        gate.open();
        assertThat(client.event("final").at("/payload/content").stringValue()).isEqualTo("Done.");
    }

    @Test
    void isInNoSessionAfterItsSessionIsDeleted() {
        String session = create("Gone");
        Client other = gateway.client();

        other.call("sessions.delete", "sessionId", session);
        assertThat(client.event("session.updated").at("/payload/session/title").stringValue())
                .isEqualTo("Gone");
        TestGateway.eventually(
                "it is in no session",
                () -> client.respond("sessions.history", Client.params())
                        .path("code")
                        .asString("")
                        .equals("INVALID_REQUEST"));

        model.says("Anew.");
        assertThat(client.call("agent", "message", "Again").get("sessionId").stringValue())
                .isNotEqualTo(session);
    }

    /// `session.updated`: to those who follow the session, and to those who have listed sessions
    @Test
    void tellsWhenASessionChanges() {
        String session = create("Plan");
        Client lister = gateway.client();
        lister.call("sessions.list");
        Client stranger = gateway.client();
        client.event("session.updated");

        client.call("sessions.rename", "sessionId", session, "title", "Better plan");

        for (Client each : List.of(client, lister)) {
            JsonNode payload = each.event("session.updated").get("payload");
            assertThat(payload.get("sessionId").stringValue()).isEqualTo(session);
            assertThat(payload.at("/session/title").stringValue()).isEqualTo("Better plan");
        }
        model.says("Hi.");
        stranger.call("agent", "message", "Hello");
        JsonNode made = lister.event("session.updated").get("payload");
        assertThat(made.at("/session/title").stringValue()).isEqualTo("Hello");
        client.settle();
        assertThat(client.allEvents())
                .noneMatch(event -> Client.name(event).equals("session.updated")
                        && event.at("/payload/sessionId").equals(made.get("sessionId")));
    }
}
