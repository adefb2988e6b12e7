package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Sessions, their runs and their tool calls over plain HTTP.
@Timeout(60)
class RestSessionsTest {
    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private TestGateway gateway;
    private Rest rest;

    @BeforeEach
    void start() {
        gateway = TestGateway.with(model, SqliteStore.open(directory.resolve("db.sqlite3")));
        rest = new Rest(gateway);
    }

    @AfterEach
    void close() {
        rest.close();
        gateway.close();
    }

    private String session(String body) {
        return rest.post("/sessions", body).text("sessionId");
    }

    private static List<String> ids(Rest.Reply list) {
        assertThat(list.status()).isEqualTo(200);
        return list.body()
                .path("sessions")
                .valueStream()
                .map(session -> session.path("id").asString(""))
                .toList();
    }

    private JsonNode shown(String session) {
        return rest.get("/sessions/" + session).body().path("session");
    }

    @Test
    void listsWhatTheQuerySays_S0_106_S2_48_S2_65_S3_38() {
        String song = session("{\"title\":\"Song\",\"contextType\":\"song\",\"itemId\":\"7\",\"projectId\":\"album\"}");
        String clip = session("{\"title\":\"Clip\",\"contextType\":\"clip\",\"itemId\":\"8\",\"projectId\":\"album\"}");
        String old = session("{\"title\":\"Old\"}");
        gateway.store.sessions().create(new Principal("somebody@else"), NewSession.titled("Song"));
        assertThat(rest.delete("/sessions/" + old).status()).isEqualTo(200);

        Rest.Reply all = rest.get("/sessions");
        assertThat(all.body().path("total").longValue()).isEqualTo(2);
        assertThat(ids(all)).containsExactlyInAnyOrder(song, clip);
        assertThat(ids(rest.get("/sessions?limit=1&offset=1"))).hasSize(1);
        assertThat(ids(rest.get("/sessions?query=song"))).containsExactly(song);
        assertThat(ids(rest.get("/sessions?context=clip"))).containsExactly(clip);
        assertThat(ids(rest.get("/sessions?itemId=7"))).containsExactly(song);
        assertThat(ids(rest.get("/sessions?projectId=album&itemId=8"))).containsExactly(clip);
        assertThat(ids(rest.get("/sessions?projectId=other"))).isEmpty();
        assertThat(ids(rest.get("/sessions?status=archived"))).containsExactly(old);
    }

    @ParameterizedTest
    @CsvSource({
        "/sessions?limit=0, limit must be 1 to 200",
        "/sessions?limit=many, limit must be an integer",
        "/sessions?limit=1&limit=2, limit is there 2 times",
        "/sessions?offset=-1, offset must be 0 or more",
        "/sessions?status=gone, status must be one of",
        "/search?limit=0, limit must be 1 to",
        "/search?dateFilter=someday, dateFilter",
        "/search?from=yesterday, from must be a time",
        "/search/memory, query is required",
        "/memory?limit=0, limit must be 1 to 200"
    })
    void namesTheFieldThatIsWrong(String path, String error) {
        Rest.Reply reply = rest.get(path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(reply.text("error")).contains(error);
    }

    @Test
    void changesWhatIsGivenAndTellsEverybody_S2_51_S3_40() {
        String session = session("{}");
        Client watcher = gateway.client("sessionId", session);

        Rest.Reply changed = rest.patch("/sessions/" + session, "{\"title\":\" Plans \",\"model\":\"scripted\"}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("session").path("title").asString("")).isEqualTo("Plans");
        assertThat(changed.body().path("session").path("model").asString("")).isNotEmpty();
        assertThat(shown(session)).isEqualTo(changed.body().path("session"));
        assertThat(watcher.event("session.updated")
                        .path("payload")
                        .path("session")
                        .path("title")
                        .asString(""))
                .isEqualTo("Plans");
        rest.patch("/sessions/" + session, "{\"status\":\"archived\"}");
        assertThat(shown(session).path("status").asString("")).isEqualTo("archived");
        rest.patch("/sessions/" + session, "{\"status\":\"active\"}");
        assertThat(shown(session).path("status").asString("")).isEqualTo("active");
        assertThat(shown(session).path("title").asString("")).isEqualTo("Plans");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | give at least one of title, status, model and agentName",
                "{\"title\":\"  \"} | title must be 1 to 200 characters",
                "{\"title\":7} | title must be a string",
                "{\"status\":\"error\"} | status must be active or archived",
                "{\"status\":\"gone\"} | status must be one of",
                "{\"agentName\":\"nobody\"} | nobody"
            })
    void changesNothingWhereSomethingIsWrong(String body, String error) {
        String session = session("{\"title\":\"Before\"}");

        Rest.Reply reply = rest.patch("/sessions/" + session, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).contains(error);
        assertThat(shown(session).path("title").asString("")).isEqualTo("Before");
    }

    @Test
    void archivesRestoresAndDeletesForGood_S2_50_S3_41() {
        String session = session("{\"title\":\"Plans\"}");

        Rest.Reply archived = rest.delete("/sessions/" + session);
        assertThat(archived.body().path("purged").asBoolean()).isFalse();
        assertThat(archived.body().path("session").path("status").asString("")).isEqualTo("archived");
        assertThat(ids(rest.get("/sessions"))).isEmpty();
        assertThat(rest.post("/sessions/" + session + "/restore", "{}")
                        .body()
                        .path("session")
                        .path("status")
                        .asString(""))
                .isEqualTo("active");
        assertThat(ids(rest.get("/sessions"))).containsExactly(session);
        Client watcher = gateway.client("sessionId", session);

        Rest.Reply deleted = rest.delete("/sessions/" + session + "?purge=true");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body().path("purged").asBoolean()).isTrue();
        assertThat(watcher.event("session.updated")
                        .path("payload")
                        .path("session")
                        .path("status")
                        .asString(""))
                .isEqualTo("archived");
        assertThat(rest.get("/sessions/" + session).status()).isEqualTo(404);
        assertThat(rest.delete("/sessions/" + session).status()).isEqualTo(404);
        assertThat(rest.delete("/sessions/" + session + "?purge=perhaps").status())
                .isEqualTo(400);
    }

    @Test
    void theSameOverTheWebSocket_S4_85() {
        String session = session("{\"title\":\"Plans\"}");
        Client client = gateway.client("sessionId", session);

        client.call("sessions.archive", "sessionId", session);
        assertThat(ids(rest.get("/sessions"))).isEmpty();
        assertThat(client.call("sessions.restore", "sessionId", session)
                        .path("session")
                        .path("status")
                        .asString(""))
                .isEqualTo("active");
        assertThat(client.call("sessions.update", "sessionId", session, "title", "Ideas", "status", "archived")
                        .path("session")
                        .path("title")
                        .asString(""))
                .isEqualTo("Ideas");
        assertThat(shown(session).path("status").asString("")).isEqualTo("archived");
        assertThat(ids(rest.get("/sessions?status=archived&query=ideas"))).containsExactly(session);
    }

    @Test
    void theFirstMessageGivesTheTitleUnlessThereIsOne_S3_20_S4_85() {
        model.says("Yes.").says("Yes.");
        String untitled = session("{}");
        String titled = session("{\"title\":\"Mine\"}");
        assertThat(shown(untitled).path("title").asString("")).isEqualTo("New conversation");

        rest.post("/sessions/" + untitled + "/messages?wait=true", "{\"message\":\"Shall we\\n go  out?\"}");
        rest.post("/sessions/" + titled + "/messages?wait=true", "{\"message\":\"Shall we go out?\"}");

        assertThat(shown(untitled).path("title").asString("")).isEqualTo("Shall we go out?");
        assertThat(shown(titled).path("title").asString("")).isEqualTo("Mine");
        rest.patch("/sessions/" + untitled, "{\"title\":\"Out\"}");
        model.says("No.");
        rest.post("/sessions/" + untitled + "/messages?wait=true", "{\"message\":\"Or stay?\"}");
        assertThat(shown(untitled).path("title").asString("")).isEqualTo("Out");
    }

    @Test
    void pagesBackByIndex_S2_52_to_54() {
        String session = session("{}");
        for (int i = 0; i < 4; i++) {
            model.says("answer " + i);
            rest.post("/sessions/" + session + "/messages?wait=true", "{\"message\":\"question " + i + "\"}");
        }

        JsonNode latest =
                rest.get("/sessions/" + session + "/messages?pageSize=3").body();
        assertThat(latest.path("hasMore").asBoolean()).isTrue();
        assertThat(contents(latest)).containsExactly("answer 2", "question 3", "answer 3");
        long oldest = latest.path("messages").get(0).path("seq").longValue();
        JsonNode before = rest.get("/sessions/" + session + "/messages?pageSize=5&beforeIndex=" + oldest)
                .body();
        assertThat(contents(before)).containsExactly("question 0", "answer 0", "question 1", "answer 1", "question 2");
        assertThat(before.path("hasMore").asBoolean()).isFalse();
        assertThat(rest.get("/sessions/" + session + "/messages?beforeIndex=x").text("error"))
                .contains("beforeIndex");
    }

    private static List<String> contents(JsonNode page) {
        return page.path("messages")
                .valueStream()
                .map(message -> message.path("content").asString(""))
                .toList();
    }

    @Test
    void showsRuns() {
        String session = session("{}");
        model.says("One.").says("Two.");
        String first = rest.post("/sessions/" + session + "/messages?wait=true", "{\"message\":\"Count\"}")
                .text("runId");
        String second = rest.post("/sessions/" + session + "/messages?wait=true", "{\"message\":\"On\"}")
                .text("runId");

        JsonNode runs = rest.get("/sessions/" + session + "/runs").body();
        assertThat(runs.path("runs").valueStream().map(run -> run.path("runId").asString("")))
                .containsExactly(second, first);
        assertThat(runs.path("hasMore").asBoolean()).isFalse();
        JsonNode one = rest.get("/sessions/" + session + "/runs?limit=1").body();
        assertThat(one.path("hasMore").asBoolean()).isTrue();
        assertThat(one.path("runs").get(0))
                .isEqualTo(rest.get("/runs/" + second).body());
        assertThat(rest.get("/runs/" + first).text("status")).isEqualTo("completed");
        assertThat(rest.get("/runs/" + first).text("message")).isEqualTo("Count");
        assertThat(rest.get("/runs/run_" + session).status()).isEqualTo(404);
        assertThat(rest.get("/sessions/" + session + "/runs?limit=0").text("error"))
                .contains("limit");
    }

    /// S1-181
    @ParameterizedTest
    @CsvSource({
        "GET, ''",
        "PATCH, ''",
        "DELETE, ''",
        "DELETE, ?purge=true",
        "POST, /restore",
        "GET, /runs",
        "GET, /tool-calls",
        "GET, /messages?beforeIndex=9"
    })
    void anothersSessionDoesNotExist(String method, String path) {
        SessionId others = gateway.store
                .sessions()
                .create(new Principal("somebody@else"), NewSession.PLAIN)
                .id();
        String url = "/sessions/" + others + path;

        Rest.Reply reply = switch (method) {
            case "GET" -> rest.get(url);
            case "PATCH" -> rest.patch(url, "{\"title\":\"mine\"}");
            case "DELETE" -> rest.delete(url);
            default -> rest.post(url, "{}");
        };

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text("code")).isEqualTo("NOT_FOUND");
    }
}
