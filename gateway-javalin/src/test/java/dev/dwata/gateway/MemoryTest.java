package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What is kept for later, seen and changed by clients.
@Timeout(60)
class MemoryTest {
    private final TestGateway gateway = TestGateway.plain();

    @AfterEach
    void close() {
        gateway.close();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    @Test
    void keepsFactsOfTheOwnerAndOfASessionApart() {
        Client client = gateway.client();
        String session = text(client.call("sessions.new"), "sessionId");
        client.call("memory.set", "key", "colour", "value", "green", "pinned", true);
        client.call("memory.set", "key", "colour", "value", "blue", "sessionId", session);

        JsonNode fact = client.call("memory.get", "key", "colour").path("fact");
        assertThat(text(fact, "value")).isEqualTo("green");
        assertThat(fact.path("pinned").asBoolean()).isTrue();
        JsonNode ofSession =
                client.call("memory.get", "key", "colour", "sessionId", session).path("fact");
        assertThat(text(ofSession, "value")).isEqualTo("blue");
        assertThat(ofSession.path("pinned").asBoolean()).isFalse();
        assertThat(client.call("memory.get", "key", "shape")).isEqualTo(Client.params("key", "shape"));

        assertThat(client.call("memory.delete", "key", "colour"))
                .isEqualTo(Client.params("key", "colour", "deleted", true));
        assertThat(client.call("memory.delete", "key", "colour"))
                .isEqualTo(Client.params("key", "colour", "deleted", false));
        assertThat(client.call("memory.list").path("total").asInt()).isZero();
        assertThat(client.call("memory.list", "sessionId", session)
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void listsByKeyAndCutsWhatIsLong() {
        Client client = gateway.client();
        client.call("memory.set", "key", "b", "value", "x".repeat(501));
        client.call("memory.set", "key", "a", "value", "short");
        client.call("memory.set", "key", "c", "value", "other");

        JsonNode listed = client.call("memory.list", "limit", 2);

        assertThat(listed.path("total").asInt()).isEqualTo(3);
        assertThat(listed.path("entries")).hasSize(2);
        assertThat(text(listed.path("entries").path(0), "value")).isEqualTo("short");
        assertThat(listed.path("entries").path(0).has("truncated")).isFalse();
        assertThat(text(listed.path("entries").path(1), "value")).hasSize(500);
        assertThat(listed.path("entries").path(1).path("truncated").asBoolean()).isTrue();
        assertThat(client.call("memory.list", "prefix", "c").path("entries")).hasSize(1);
    }

    @Test
    void saysWhatIsOutOfBounds() {
        Client client = gateway.client();
        assertThat(text(client.refused("memory.set", "key", "a"), "error")).isEqualTo("value is required");
        assertThat(text(client.refused("memory.set", "key", " ", "value", "x"), "code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(text(client.refused("memory.set", "key", "a", "value", "x".repeat(70_000)), "code"))
                .isEqualTo("TOO_LARGE");
        assertThat(text(client.refused("memory.list", "limit", 0), "error")).isEqualTo("limit must be 1 to 200, not 0");
        assertThat(text(
                        client.refused("memory.get", "key", "a", "sessionId", "01890000-0000-7000-8000-000000000000"),
                        "code"))
                .isEqualTo("NOT_FOUND");
    }
}
