package dev.dwata.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.http.HttpLimits;
import dev.dwata.gateway.ws.WsLimits;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Sessions, messages and runs over plain HTTP.
@Timeout(60)
class RestTest {
    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        start(WsLimits.DEFAULT, HttpLimits.DEFAULT);
    }

    private void start(WsLimits limits, HttpLimits httpLimits) {
        gateway = TestGateway.with(model, limits, httpLimits, SqliteStore.open(directory.resolve("db.sqlite3")));
    }

    @AfterEach
    void close() {
        gateway.close();
        http.shutdownNow();
    }

    /// @param status of the answer
    private record Reply(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asString("");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path))
                .header("Content-Type", "application/json");
    }

    private CompletableFuture<Reply> sent(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(response -> {
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            return new Reply(response.statusCode(), Json.MAPPER.readTree(response.body()));
        });
    }

    private Reply get(String path) {
        return sent(request(path).build()).join();
    }

    private Reply post(String path, String body, String... headers) {
        return post(path, BodyPublishers.ofString(body), headers);
    }

    private Reply post(String path, BodyPublisher body, String... headers) {
        return posted(path, body, headers).join();
    }

    private CompletableFuture<Reply> posted(String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = request(path).POST(body);
        return sent((headers.length == 0 ? request : request.headers(headers)).build());
    }

    private String session() {
        return post("/sessions", "{}").text("sessionId");
    }

    private static String message(String text) {
        return Json.MAPPER.createObjectNode().put("message", text).toString();
    }

    @Test
    void makesASessionAndShowsIt() {
        Client watcher = gateway.client();
        watcher.call("sessions.list");

        Reply made = post("/sessions", "{\"title\":\"Plans\",\"contextType\":\"clip\",\"itemId\":\"7\"}");

        String id = made.text("sessionId");
        assertThat(made)
                .isEqualTo(new Reply(
                        201,
                        Json.MAPPER.readTree(
                                "{\"sessionId\":\"" + id + "\",\"agentName\":\"default\",\"status\":\"active\"}")));
        assertThat(watcher.event("session.updated")
                        .path("payload")
                        .path("sessionId")
                        .asString(""))
                .isEqualTo(id);
        Reply shown = get("/sessions/" + id);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("session").path("title").asString("")).isEqualTo("Plans");
        assertThat(shown.body().path("session").path("itemId").asString("")).isEqualTo("7");
        assertThat(shown.body().path("messages").size()).isZero();
    }

    @Test
    void makesASessionWithItsFirstMessage() {
        model.says("Hello.");

        Reply made = post("/sessions", "{\"userPrompt\":\"Hi\"}", "Idempotency-Key", "k1");
        Reply again = post("/sessions", "{\"userPrompt\":\"Hi\"}", "Idempotency-Key", "k1");

        assertThat(made.status()).isEqualTo(201);
        assertThat(again).isEqualTo(made);
        TestGateway.eventually(
                "the run is over",
                () -> get("/sessions/" + made.text("sessionId"))
                                .body()
                                .path("messages")
                                .size()
                        == 2);
        assertThat(get("/sessions/" + made.text("sessionId") + "/messages?limit=1")
                        .body()
                        .path("hasMore")
                        .asBoolean())
                .isTrue();
        assertThat(model.requests()).hasSize(1);
        assertThat(post("/sessions", "{\"title\":\"x\"}", "Idempotency-Key", "k2")
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void takesAMessageAndAnswersAtOnceOrWithTheAnswer() {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("One."));
        model.says("Two.");
        String session = session();

        Reply first = post("/sessions/" + session + "/messages", message("Count"));
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.text("status")).isEqualTo("accepted");
        assertThat(first.body().path("seq").longValue()).isEqualTo(1);
        assertThat(first.text("sessionId")).isEqualTo(session);
        CompletableFuture<Reply> second =
                posted("/sessions/" + session + "/messages?wait=true", BodyPublishers.ofString(message("On")));
        TestGateway.eventually(
                "it waits",
                () -> gateway.runtime.activity(new SessionId(session)).queued() == 1);
        Reply third = post("/sessions/" + session + "/messages", message("More"));
        assertThat(third.text("status")).isEqualTo("queued");
        assertThat(third.body().path("position").asInt()).isEqualTo(2);
        assertThat(post("/runs/" + third.text("runId") + "/cancel", "").status())
                .isEqualTo(202);
        gate.open();

        Reply answer = second.join();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("completed");
        assertThat(answer.text("content")).isEqualTo("Two.");
        assertThat(answer.body().path("turns").asInt()).isEqualTo(1);
        assertThat(post("/runs/" + third.text("runId") + "/cancel", "{\"reason\":\"late\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void saysHowARunEndedThatDidNotComplete() {
        model.turn(turn -> turn.says("Half").fails(new dev.dwata.types.AgentError.ModelRejected("no", 400)));
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("never"));
        String session = session();

        Reply failed = post("/sessions/" + session + "/messages?wait=true", message("One"));
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(failed.body().path("error").path("errorCode").asString("")).isEqualTo("MODEL_REJECTED");

        CompletableFuture<Reply> waiting =
                posted("/sessions/" + session + "/messages?wait=true", BodyPublishers.ofString(message("Two")));
        TestGateway.eventually(
                "it runs",
                () -> gateway.runtime.activity(new SessionId(session)).activeRun() != null);
        RunId run = gateway.runtime.activity(new SessionId(session)).activeRun();
        post("/runs/" + run + "/cancel", "{\"reason\":\"enough\"}");
        assertThat(waiting.join().text("status")).isEqualTo("cancelled");
        assertThat(waiting.join().text("reason")).isEqualTo("enough");
    }

    @Test
    void aWaitIsBoundedAndTheRunGoesOn() {
        gateway.close();
        Duration brief = Duration.ofMillis(800);
        start(
                WsLimits.builder().connectWithin(Duration.ofMillis(300)).build(),
                new HttpLimits(Duration.ofSeconds(20), brief, 8));
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("Late."));
        String session = session();

        Reply reply = post("/sessions/" + session + "/messages?wait=true", message("Count"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text("status")).isEqualTo("accepted");
        gate.open();
        TestGateway.eventually(
                "the run ends",
                () -> get("/sessions/" + session + "/messages")
                                .body()
                                .path("messages")
                                .size()
                        == 2);
    }

    @Test
    void whoeverWaitsAndGoesAwayDoesNotCancel() {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("Done."));
        String session = session();
        CompletableFuture<Reply> waiting =
                posted("/sessions/" + session + "/messages?wait=true", BodyPublishers.ofString(message("Count")));
        TestGateway.eventually(
                "it runs",
                () -> gateway.runtime.activity(new SessionId(session)).activeRun() != null);

        waiting.cancel(true);
        http.shutdownNow();
        gate.open();

        Client client = gateway.client("sessionId", session, "afterSeq", 0);
        assertThat(client.event("final").path("payload").path("content").asString(""))
                .isEqualTo("Done.");
    }

    /// A9
    @Test
    void fiftyEqualRequestsAtOnceAreOneRun() {
        model.says("Paid.");
        String session = session();
        List<CompletableFuture<Reply>> all = IntStream.range(0, 50)
                .mapToObj(i -> posted(
                        "/sessions/" + session + "/messages",
                        BodyPublishers.ofString(i % 2 == 0 ? "{\"message\":\"Pay\",\"model\":null}" : message("Pay")),
                        "Idempotency-Key",
                        "k-50"))
                .toList();

        List<Reply> replies = all.stream().map(CompletableFuture::join).toList();

        assertThat(replies).extracting(Reply::status).containsOnly(202);
        assertThat(replies)
                .extracting(reply -> reply.text("runId"))
                .containsOnly(replies.getFirst().text("runId"));
        assertThat(replies)
                .filteredOn(reply -> reply.text("status").equals("accepted"))
                .as("who was first, unless the run was over before it was told")
                .hasSizeLessThanOrEqualTo(1);
        TestGateway.eventually(
                "the run ends",
                () -> post("/sessions/" + session + "/messages", message("Pay"), "Idempotency-Key", "k-50")
                        .text("status")
                        .equals("completed"));
        assertThat(model.requests()).hasSize(1);
    }

    /// A10, A11, A13
    @Test
    void aKeyIsKnownAfterARestartOnEveryDoorAndNotBurnedByARefusal() {
        model.says("Paid.");
        String session = session();
        String path = "/sessions/" + session + "/messages";
        assertThat(post(path, "{\"message\":\" \"}", "Idempotency-Key", "k").status())
                .isEqualTo(400);
        assertThat(post(path, "{\"message\":\"Pay\",\"agentName\":\"nobody\"}", "Idempotency-Key", "k")
                        .status())
                .isEqualTo(400);
        Reply first = post(path, message("Pay"), "Idempotency-Key", "k");
        gateway.close();
        start();

        assertThat(post(path, message("Pay"), "Idempotency-Key", "k").text("runId"))
                .isEqualTo(first.text("runId"));
        assertThat(post(path + "?wait=true", message("Pay"), "Idempotency-Key", "k")
                        .text("status"))
                .isIn("completed", "failed", "cancelled");
        JsonNode overWebSocket =
                gateway.client().call("agent", "sessionId", session, "message", "Pay", "idempotencyKey", "k");
        assertThat(overWebSocket.path("runId").asString("")).isEqualTo(first.text("runId"));
        Reply other = post(path, message("Pay twice"), "Idempotency-Key", "k");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("IDEMPOTENCY_CONFLICT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a/b"})
    void refusesAKeyThatIsNone(String key) {
        String session = session();
        RawSocket raw = gateway.raw();
        String body = message("Hi");
        List<String> head = raw.request(Stream.of(
                        "POST /api/v1/sessions/" + session + "/messages HTTP/1.1",
                        "Host: 127.0.0.1:" + gateway.port(),
                        "Content-Type: application/json",
                        "Idempotency-Key: " + key,
                        "Content-Length: " + body.length(),
                        "",
                        body)
                .toList());

        assertThat(RawSocket.status(head)).isEqualTo(400);
        assertThat(model.requests()).isEmpty();
    }

    /// C14
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "7",
                "null",
                "{}",
                "{\"message\":7}",
                "{\"message\":\"a\",\"message\":\"b\"}",
                "{\"message\":\"a\"} {}",
                "{\"message\":\"a\",\"model\":{}}",
                "{\"message\":\"a\",\"x\":NaN}"
            })
    void refusesABodyThatIsNoMessage(String body) {
        Reply reply = post("/sessions/" + session() + "/messages", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(reply.text("error")).isNotBlank();
    }

    @Test
    void refusesABodyThatIsTooDeepTooLongOrNotUtf8() {
        String path = "/sessions/" + session() + "/messages";
        assertThat(post(path, "{\"message\":\"a\",\"x\":" + "[".repeat(65) + "]".repeat(65) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(post(path, BodyPublishers.ofByteArray("{\"message\":\"\u00e4\"}".getBytes(ISO_8859_1)))
                        .status())
                .isEqualTo(400);
        byte[] long1 = message("x".repeat(1 << 20)).getBytes(ISO_8859_1);
        Reply known = post(path, BodyPublishers.ofByteArray(long1));
        assertThat(known.status()).isEqualTo(413);
        assertThat(known.text("code")).isEqualTo("TOO_LARGE");
        assertThat(post(path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(long1)))
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /sessions/%s,                  404, NOT_FOUND",
        "GET,  /sessions/%s/messages,         404, NOT_FOUND",
        "POST, /sessions/%s/messages,         404, NOT_FOUND",
        "POST, /runs/run_%s/cancel,           404, NOT_FOUND",
        "GET,  /sessions/nonsense,            400, INVALID_REQUEST",
        "POST, /runs/nonsense/cancel,         400, INVALID_REQUEST",
        "GET,  /nothing,                      404, NOT_FOUND",
        "DELETE, /runs/run_%s/cancel,         405, UNSUPPORTED"
    })
    void answersErrorsAsEverywhere(String method, String path, int status, String code) {
        SessionId others = gateway.store
                .sessions()
                .create(new Principal("somebody@else"), NewSession.PLAIN)
                .id();

        Reply reply = sent(request(path.formatted(others))
                        .method(
                                method,
                                method.equals("POST") ? BodyPublishers.ofString(message("x")) : BodyPublishers.noBody())
                        .build())
                .join();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text("code")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"limit=0, 400", "limit=201, 400", "limit=x, 400", "limit=200, 200", "pageSize=3, 200", "before=x, 400"})
    void checksWhatAPageMayBe(String query, int status) {
        assertThat(get("/sessions/" + session() + "/messages?" + query).status())
                .isEqualTo(status);
    }

    /// E1, E3
    @Test
    void isBehindTheSameGuardAsEverythingElse() {
        String path = "/sessions/" + session() + "/messages";
        assertThat(post(path, BodyPublishers.ofString(message("Hi")), "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(post(path, BodyPublishers.ofString(message("Hi")), "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(sent(HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path))
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(message("Hi")))
                                .build())
                        .join()
                        .status())
                .isEqualTo(415);
        assertThat(model.requests()).isEmpty();
    }
}
