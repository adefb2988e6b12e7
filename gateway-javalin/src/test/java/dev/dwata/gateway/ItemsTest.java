package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.http.HttpLimits;
import dev.dwata.gateway.ws.WsLimits;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.ClientType;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// S2-57 … S2-61, S2-64, S2-65, S2-141, S2-142, C-49: items over REST and WebSocket.
@Timeout(60)
class ItemsTest {
    private static final ItemAuthor SOMEBODY = ItemAuthor.client(Principal.LOCAL, ClientType.CLI, null, null);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScriptedModel model = new ScriptedModel();
    private Store store;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        store = SqliteStore.open(folder.resolve("db.sqlite3"));
        gateway = TestGateway.with(model, WsLimits.DEFAULT, HttpLimits.DEFAULT, store);
    }

    @AfterEach
    void close() {
        gateway.close();
        http.shutdownNow();
    }

    private record Reply(
            int status, JsonNode body, @Nullable String etag) {
        String text(String field) {
            return body.path(field).asString("");
        }
    }

    private Reply send(String method, String path, @Nullable String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path))
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        JsonNode json =
                response.body().isEmpty() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(response.body());
        return new Reply(
                response.statusCode(),
                json,
                response.headers().firstValue("ETag").orElse(null));
    }

    private Reply create(String title) throws Exception {
        return send(
                "POST", "/clips", "{\"title\":\"" + title + "\",\"content\":{\"code\":\"one\"},\"projectId\":\"p1\"}");
    }

    @Test
    void isMadeReadChangedAndDeletedOverRest() throws Exception {
        Reply made = create("Drums");
        String id = made.text("id");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.etag()).isEqualTo("\"1\"");
        assertThat(made.text("kind")).isEqualTo("clip");
        assertThat(send("GET", "/items/" + id, null).body()).isEqualTo(made.body());
        assertThat(send("GET", "/items/" + id, null, "If-None-Match", "\"1\"").status())
                .isEqualTo(304);

        Reply replaced = send(
                "PUT",
                "/items/" + id,
                "{\"title\":\"Bass\",\"content\":{\"code\":\"two\",\"bpm\":90}}",
                "If-Match",
                "\"1\"");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.etag()).isEqualTo("\"2\"");
        assertThat(replaced.body().has("projectId")).isFalse();
        Reply patched = send("PATCH", "/clips/" + id, "{\"content\":{\"bpm\":null}}", "If-Match", "\"2\"");
        assertThat(patched.body().path("content")).isEqualTo(Json.MAPPER.readTree("{\"code\":\"two\"}"));
        assertThat(send("GET", "/items/" + id + "?version=1", null)
                        .body()
                        .path("content")
                        .path("code")
                        .asString(""))
                .isEqualTo("one");
        assertThat(send("GET", "/items/" + id + "/versions", null).body().path("items"))
                .hasSize(3);

        assertThat(send("DELETE", "/items/" + id, null, "If-Match", "\"3\"").status())
                .isEqualTo(200);
        assertThat(send("GET", "/items/" + id, null).text("code")).isEqualTo("NOT_FOUND");
    }

    @Test
    void aConflictNamesBothVersions() throws Exception {
        String id = create("Drums").text("id");
        send("PATCH", "/items/" + id, "{\"title\":\"Bass\"}");

        for (Reply stale : new Reply[] {
            send("PUT", "/items/" + id, "{\"title\":\"x\",\"content\":{\"code\":\"\"}}", "If-Match", "\"1\""),
            send("PATCH", "/items/" + id, "{\"title\":\"x\",\"version\":1}"),
            send("DELETE", "/items/" + id, null, "If-Match", "\"1\"")
        }) {
            assertThat(stale.status()).isEqualTo(409);
            assertThat(stale.text("code")).isEqualTo("CONFLICT");
            assertThat(stale.body().path("details"))
                    .isEqualTo(Json.MAPPER.readTree("{\"expectedVersion\":1,\"version\":2}"));
        }
        assertThat(send("PATCH", "/items/" + id, "{\"title\":\"x\"}", "If-Match", "1")
                        .text("error"))
                .isEqualTo("If-Match must be a version in quotes, such as \"3\", or *");
    }

    @Test
    void aliasesAreOfOneKind() throws Exception {
        String clip = create("Drums").text("id");
        Reply song =
                send("POST", "/songs", "{\"title\":\"S\",\"content\":{\"items\":[{\"itemId\":\"" + clip + "\"}]}}");
        assertThat(song.status()).isEqualTo(201);

        assertThat(send("GET", "/songs", null).body().path("total").asInt()).isEqualTo(1);
        assertThat(send("GET", "/items?kind=clip&query=dru", null)
                        .body()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asString(""))
                .isEqualTo(clip);
        assertThat(send("GET", "/songs/" + clip, null).status()).isEqualTo(404);
        assertThat(send("POST", "/songs", "{\"kind\":\"clip\",\"title\":\"S\",\"content\":{}}")
                        .text("error"))
                .isEqualTo("kind must be song here");
        assertThat(send("DELETE", "/clips/" + clip, null)
                        .body()
                        .path("referredBy")
                        .path(0)
                        .path("id")
                        .asString(""))
                .isEqualTo(song.text("id"));
        assertThat(send("GET", "/songs/" + song.text("id"), null).body().path("missing"))
                .isEqualTo(Json.MAPPER.readTree("[\"" + clip + "\"]"));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThat(send("POST", "/items", "{\"kind\":\"clip\",\"title\":\"x\"}").text("error"))
                .isEqualTo("content is required");
        assertThat(send("POST", "/items", "{\"kind\":\"Clip\",\"title\":\"x\",\"content\":{}}")
                        .text("error"))
                .startsWith("kind must be a lower-case letter");
        assertThat(send("POST", "/clips", "{\"title\":\"x\",\"content\":{\"code\":1}}")
                        .text("error"))
                .isEqualTo("content.code must be a string, not a number");
        assertThat(send("GET", "/items/1", null).text("error")).isEqualTo("itemId must be a UUID, not '1'");
        assertThat(send("GET", "/items?limit=0", null).text("error")).isEqualTo("limit must be 1 to 200, not 0");
        String big = "{\"title\":\"x\",\"content\":{\"code\":\"" + "x".repeat(ItemDraft.LARGEST_CONTENT) + "\"}}";
        assertThat(send("POST", "/clips", big).status()).isEqualTo(413);
    }

    @Test
    void isMadeOnceUnderAKey() throws Exception {
        String body = "{\"title\":\"Drums\",\"content\":{\"code\":\"\"}}";
        Reply first = send("POST", "/clips", body, "Idempotency-Key", "k1");

        assertThat(send("POST", "/clips", body, "Idempotency-Key", "k1").text("id"))
                .isEqualTo(first.text("id"));
        assertThat(send("POST", "/clips", body.replace("Drums", "Bass"), "Idempotency-Key", "k1")
                        .text("code"))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
    }

    @Test
    void isMadeReadChangedAndDeletedOverWebSocket() {
        Client client = gateway.client();
        JsonNode made = client.call(
                        "items.create",
                        "kind",
                        "clip",
                        "title",
                        "Drums",
                        "content",
                        Client.params("code", "one", "bpm", 90))
                .path("item");
        String id = made.path("id").asString("");

        JsonNode patched = client.call("items.update", "itemId", id, "version", 1, "patch", Client.params("bpm", 120))
                .path("item");
        assertThat(patched.path("content")).isEqualTo(Client.params("code", "one", "bpm", 120));
        JsonNode replaced = client.call("items.update", "itemId", id, "content", Client.params("code", "two"))
                .path("item");
        assertThat(replaced.path("content")).isEqualTo(Client.params("code", "two"));
        assertThat(replaced.path("title").asString("")).isEqualTo("Drums");
        JsonNode stale = client.refused("items.update", "itemId", id, "version", 1, "title", "x");
        assertThat(stale.path("code").asString("")).isEqualTo("CONFLICT");
        assertThat(stale.path("details")).isEqualTo(Client.params("expectedVersion", 1, "version", 3));
        assertThat(client.call("items.get", "itemId", id, "version", 2)
                        .path("item")
                        .path("content"))
                .isEqualTo(patched.path("content"));
        assertThat(client.call("items.search", "query", "two")
                        .path("results")
                        .path(0)
                        .path("snippet")
                        .asString(""))
                .isEqualTo("«two»");
        client.call("items.delete", "itemId", id, "version", 3);
        assertThat(client.refused("items.get", "itemId", id).path("code").asString(""))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void whoIsConcernedHearsOfChanges() throws Exception {
        Client lister = gateway.client();
        lister.call("items.list");
        String id = create("Drums").text("id");
        Client bound = gateway.client();
        bound.call("sessions.new", "contextType", "clip", "itemId", id);
        Client inProject = gateway.client();
        inProject.call("sessions.new", "projectId", "p1");
        Client elsewhere = gateway.client();
        elsewhere.call("sessions.new", "projectId", "p2");
        Client editor = gateway.client();
        editor.call("items.list");

        editor.call("items.update", "itemId", id, "content", Client.params("code", "two"));

        assertThat(lister.event("item.updated").path("payload").path("change").asString(""))
                .isEqualTo("created");
        for (Client other : new Client[] {lister, bound, inProject}) {
            JsonNode event = other.event("item.updated");
            assertThat(event.has("seq")).isFalse();
            JsonNode payload = event.path("payload");
            assertThat(payload.path("itemId").asString("")).isEqualTo(id);
            assertThat(payload.path("version").asInt()).isEqualTo(2);
            assertThat(payload.path("change").asString("")).isEqualTo("updated");
            assertThat(payload.path("fromSelf").asBoolean()).isFalse();
            assertThat(payload.path("by").path("clientType").asString("")).isEqualTo("web");
            assertThat(payload.path("by").has("connectionId")).isFalse();
            assertThat(payload.path("item").path("content")).isEqualTo(Client.params("code", "two"));
        }
        assertThat(editor.event("item.updated").path("payload").path("fromSelf").asBoolean())
                .isTrue();

        send("DELETE", "/items/" + id, null);
        JsonNode deleted = bound.event("item.updated").path("payload");
        assertThat(deleted.path("change").asString("")).isEqualTo("deleted");
        assertThat(deleted.has("item")).isFalse();
        elsewhere.settle();
        assertThat(elsewhere.allEvents()).noneMatch(event -> Client.name(event).equals("item.updated"));
    }

    @Test
    void whatAnotherProcessChangesIsHeardOf() {
        Client client = gateway.client();
        client.call("items.list");
        try (Store other = SqliteStore.open(folder.resolve("db.sqlite3"))) {
            Item item = other.items()
                    .create(
                            Principal.LOCAL,
                            new ItemDraft(
                                    ItemKind.CLIP,
                                    "Drums",
                                    null,
                                    Json.MAPPER.createObjectNode().put("code", "")),
                            SOMEBODY,
                            null);
            other.items()
                    .update(
                            Principal.LOCAL,
                            item.id(),
                            ItemEdit.patch(1L, Json.MAPPER.createObjectNode().put("title", "Bass")),
                            SOMEBODY);

            assertThat(client.event("item.updated")
                            .path("payload")
                            .path("change")
                            .asString(""))
                    .isEqualTo("created");
            JsonNode update = client.event("item.updated").path("payload");
            assertThat(update.path("itemId").asString("")).isEqualTo(item.id().value());
            assertThat(update.path("title").asString("")).isEqualTo("Bass");
        }
    }

    @Test
    void aSessionIsAboutAnItemThatIsThere() throws Exception {
        Client client = gateway.client();
        String id = create("Drums").text("id");
        String session =
                client.call("sessions.new", "itemId", id).path("sessionId").asString("");

        assertThat(client.refused("sessions.new", "itemId", ItemId.create().value())
                        .path("code")
                        .asString(""))
                .isEqualTo("NOT_FOUND");
        assertThat(send("POST", "/sessions", "{\"itemId\":\"" + ItemId.create() + "\"}")
                        .status())
                .isEqualTo(404);
        client.call("items.delete", "itemId", id);
        assertThat(send("GET", "/sessions/" + session, null)
                        .body()
                        .path("session")
                        .has("itemId"))
                .isFalse();
    }

    @Test
    void keepsWhatTheClientShowsWithItsLatestMessage_S2_140() throws Exception {
        Client client = gateway.client();
        String id = create("Drums").text("id");
        String session =
                client.call("sessions.new", "itemId", id).path("sessionId").asString("");

        model.says("Hello.");
        client.call("agent", "sessionId", session, "message", "Hi", "context", Client.params("current_code", "typed"));
        client.event("final");

        Client other = gateway.client();
        model.says("Hello.");
        String made = other.call(
                        "agent", "message", "Hi", "context", Client.params("item_id", id, "session_type", "clip"))
                .path("sessionId")
                .asString("");
        other.event("final");
        assertThat(store.sessions().find(Principal.LOCAL, new SessionId(made)).orElseThrow())
                .satisfies(info -> {
                    assertThat(info.itemId()).isEqualTo(id);
                    assertThat(info.contextType()).isEqualTo("clip");
                });
        assertThat(store.sessions()
                        .find(Principal.LOCAL, new SessionId(session))
                        .orElseThrow()
                        .config())
                .isEqualTo(Json.MAPPER.readTree("{\"context\":{\"current_code\":\"typed\"}}"));
    }
}
