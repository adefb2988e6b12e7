package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.persistence.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// P2: the same key is the same run, however often, from wherever and whenever it comes.
@Timeout(60)
class IdempotencyTest {
    private static final int CLIENTS = 50;

    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.with(model, SqliteStore.open(directory.resolve("db.sqlite3")));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    /// A9
    @Test
    void makesOneRunOfFiftyEqualRequestsThatComeAtOnceOverFiftyConnections() {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("Paid."));
        List<Client> clients = Stream.generate(gateway::client).limit(CLIENTS).toList();

        List<String> requests = clients.stream()
                .map(client -> client.send("agent", pay("k-50")))
                .toList();
        List<JsonNode> replies = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            replies.add(clients.get(i).response(requests.get(i)).get("payload"));
        }
        gate.open();
        List<JsonNode> ends =
                clients.stream().map(client -> client.event("final")).toList();

        assertThat(replies)
                .extracting(reply -> reply.get("runId"))
                .containsOnly(replies.getFirst().get("runId"));
        assertThat(replies)
                .extracting(reply -> reply.get("sessionId"))
                .containsOnly(replies.getFirst().get("sessionId"));
        assertThat(replies)
                .filteredOn(reply -> reply.path("status").asString("").equals("accepted"))
                .as("who was first")
                .hasSize(1);
        assertThat(ends).containsOnly(ends.getFirst());
        assertThat(model.requests()).hasSize(1);
        assertThat(gateway.client().call("sessions.list").get("total").longValue())
                .isEqualTo(1);
    }

    /// A11
    @Test
    void knowsTheKeyAfterARestart() {
        model.says("Paid.");
        Client client = gateway.client();
        JsonNode first = client.call("agent", "message", "Pay", "idempotencyKey", "k-1");
        client.event("final");
        gateway.close();
        start();

        Client later = gateway.client();
        JsonNode again = later.call("agent", "message", "Pay", "idempotencyKey", "k-1");

        assertThat(again.get("runId")).isEqualTo(first.get("runId"));
        assertThat(again.get("sessionId")).isEqualTo(first.get("sessionId"));
        assertThat(again.get("status").stringValue()).isEqualTo("completed");
        assertThat(later.refused("agent", "message", "Pay more", "idempotencyKey", "k-1")
                        .get("code")
                        .stringValue())
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(model.requests()).hasSize(1);
    }

    /// A12: the connection is cut before the reply is read, or before the request is even there
    @Test
    void makesOneRunWhereTheReplyWasLost() {
        int lost = 20;
        for (int i = 0; i < lost; i++) {
            model.says("Answer.");
            String key = "lost-" + i;
            Client gone = gateway.client();
            gone.send("agent", pay(key));
            gone.close();

            Client again = gateway.client();
            JsonNode reply = again.call("agent", "message", "Pay", "idempotencyKey", key);
            again.call("sessions.attach", "sessionId", reply.get("sessionId"), "afterSeq", 0);

            assertThat(again.event("final").at("/payload/runId")).isEqualTo(reply.get("runId"));
        }

        assertThat(model.requests()).hasSize(lost);
        assertThat(gateway.client().call("sessions.list").get("total").longValue())
                .isEqualTo(lost);
    }

    static Stream<String> badKeys() {
        return Stream.of(
                "", " ", "k\0", "k\uD83D", "k?", "caf\u00e9", "cafe\u0301", "k".repeat(129), "k".repeat(900_000));
    }

    /// A13: nothing that could be changed on its way to the store is a key, so that no two can meet there
    @ParameterizedTest
    @MethodSource("badKeys")
    void refusesWhatIsNoKeyAndMakesNothing(String key) {
        Client client = gateway.client();

        JsonNode refused = client.respond("agent", pay(key));

        assertThat(refused.path("code").asString("")).isEqualTo("INVALID_REQUEST");
        assertThat(client.call("sessions.list").get("total").longValue()).isZero();
        assertThat(model.requests()).isEmpty();
    }

    /// A13
    @Test
    void takesTheLongestKeyAndEveryCharacterThatIsAllowed() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";
        model.says("One.").says("Two.");
        Client client = gateway.client();

        JsonNode one = client.call("agent", "message", "Pay", "idempotencyKey", alphabet);
        client.event("final");
        JsonNode two = client.call("agent", "message", "Pay", "idempotencyKey", "k".repeat(128));
        client.event("final");

        assertThat(one.get("runId")).isNotEqualTo(two.get("runId"));
    }

    /// 4.13: what is refused burns no key
    @Test
    void leavesTheKeyOfARefusedRequestFree() {
        model.says("Paid.");
        Client client = gateway.client();

        assertThat(client.refused("agent", "message", " ", "idempotencyKey", "k-2")
                        .get("code")
                        .stringValue())
                .isEqualTo("INVALID_REQUEST");
        client.refused("agent", "message", "Pay", "agentName", "nobody", "idempotencyKey", "k-2");

        client.call("agent", "message", "Pay", "idempotencyKey", "k-2");
        client.event("final");
        assertThat(model.requests()).hasSize(1);
    }

    private static ObjectNode pay(String key) {
        return Client.params("message", "Pay", "idempotencyKey", key);
    }
}
