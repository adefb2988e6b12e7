package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Callers;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Cors;
import dev.dwata.gateway.streams.StreamSettings;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a gateway adds to the protocol of durable streams, whose own suite runs in `interop`: S3-23, S3-34 to
/// S3-53.
@Timeout(60)
class StreamsTest {
    private static final String TEXT = "text/plain";

    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private final HttpClient http = HttpClient.newHttpClient();
    private Store store;
    private LocalRuntime runtime;
    private Gateway gateway;

    private void start() {
        start(Callers.ANYBODY, Cors.NONE);
    }

    private void start(Callers callers, Cors cors) {
        Models models = model.asModels();
        store = SqliteStore.open(directory.resolve("db.sqlite3"));
        runtime = AgentRuntime.builder()
                .policy(ToolPolicy.allowAll())
                .models(models)
                .store(store)
                .build();
        GatewayConfig config = GatewayConfig.of("0.1.1")
                .withPort(0)
                .withCallers(callers)
                .withStreams(StreamSettings.DEFAULT.withLongPoll(Duration.ofSeconds(20)), cors);
        gateway = Gateway.start(config, runtime, store, models);
    }

    private void stop() {
        gateway.close();
        runtime.close();
        store.close();
    }

    @AfterEach
    void close() {
        stop();
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String path, String... headers) {
        return send(request("/v1/stream/" + path, headers));
    }

    private HttpResponse<String> put(String path, String type, String body, String... headers) {
        return send(request("/v1/stream/" + path, headers)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> post(String path, String type, String body, String... headers) {
        return send(request("/v1/stream/" + path, headers)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// A session with one answer.
    private SessionId session() throws InterruptedException {
        model.says("Hello.");
        var session = runtime.createSession(NewSession.PLAIN);
        session.prompt("Hi").await();
        return session.id();
    }

    private static List<JsonNode> messages(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body()).valueStream().toList();
    }

    /// S3-36, S3-52, S3-53: it is the log itself.
    @Test
    void aSessionsLogIsAStream() throws Exception {
        start();
        String path = "ai-chat/" + session();
        HttpResponse<String> all = get(path + "?offset=-1");

        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(header(all, "Content-Type")).isEqualTo("application/json");
        assertThat(header(all, "Stream-Up-To-Date")).isEqualTo("true");
        List<JsonNode> messages = messages(all);
        assertThat(messages.getFirst().path("event").asString("")).isEqualTo("message");
        assertThat(messages.getFirst().path("payload").path("content").asString(""))
                .isEqualTo("Hi");
        assertThat(messages.getLast().path("event").asString("")).isEqualTo("final");
        assertThat(messages)
                .extracting(one -> one.path("seq").asInt(0))
                .startsWith(1, 2)
                .doesNotHaveDuplicates();

        String half = "0000000000000000_0000000000000002";
        assertThat(messages(get(path + "?offset=" + half))).isEqualTo(messages.subList(2, messages.size()));
        assertThat(header(get(path + "?offset=now"), "Stream-Next-Offset"))
                .isEqualTo(header(all, "Stream-Next-Offset"));
    }

    /// S3-46, S3-49: what happens is read as it happens.
    @Test
    void aReaderOfALogIsWokenByTheNextEntry() throws Exception {
        start();
        SessionId session = session();
        String tail = header(get("ai-chat/" + session + "?offset=now"), "Stream-Next-Offset");
        CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(
                request("/v1/stream/ai-chat/" + session + "?live=long-poll&offset=" + tail)
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        model.says("Again.");
        runtime.session(session).prompt("More").await();

        List<JsonNode> messages = messages(waiting.get());
        assertThat(messages.getFirst().path("payload").path("content").asString(""))
                .isEqualTo("More");
    }

    @Test
    void aSessionsLogIsNotWrittenThere() throws Exception {
        start();
        String path = "ai-chat/" + session();
        String before = get(path).body();

        assertThat(List.of(
                        put(path, "application/json", "[]").statusCode(),
                        post(path, "application/json", "{\"event\":\"final\"}").statusCode(),
                        send(request("/v1/stream/" + path).DELETE()).statusCode(),
                        put("ai-chat/mine", TEXT, "").statusCode()))
                .containsOnly(403);
        assertThat(post(path, "application/json", "1").body()).contains("FORBIDDEN", "talking to the session");
        assertThat(get(path).body()).isEqualTo(before);
        assertThat(get("ai-chat/" + SessionId.create()).statusCode()).isEqualTo(404);
        assertThat(get("ai-chat/nonsense").statusCode()).isEqualTo(404);
    }

    /// A11, C12
    @Test
    void nothingIsLostOrStoredTwiceWithARestart() {
        start();
        String[] first = {"Producer-Id", "p", "Producer-Epoch", "0", "Producer-Seq", "0"};
        put("notes", TEXT, "");
        assertThat(post("notes", TEXT, "one", first).statusCode()).isEqualTo(200);
        String offset = header(get("notes"), "Stream-Next-Offset");
        stop();
        start();

        assertThat(post("notes", TEXT, "one", first).statusCode()).isEqualTo(204);
        post("notes", TEXT, " two");
        assertThat(get("notes").body()).isEqualTo("one two");
        assertThat(get("notes?offset=" + offset).body()).isEqualTo(" two");
    }

    /// C11
    @Test
    void whatAStreamSaysDoesNotBecomeAnEvent() throws Exception {
        start();
        put("evil", TEXT, "a\rdata: x\r\n\nevent: control\ndata:{\"streamClosed\":true}\u2028b");
        post("evil", TEXT, "", "Stream-Closed", "true");
        HttpResponse<Stream<String>> response =
                http.send(request("/v1/stream/evil?offset=-1&live=sse").build(), HttpResponse.BodyHandlers.ofLines());

        List<String> lines = response.body().toList();
        assertThat(lines)
                .containsExactly(
                        "event: data",
                        "data:a",
                        "data:data: x",
                        "data:",
                        "data:event: control",
                        "data:data:{\"streamClosed\":true}\u2028b",
                        "",
                        "event: control",
                        "data:{\"streamNextOffset\":\"" + "0000000000000000_0000000000000057"
                                + "\",\"streamClosed\":true}",
                        "");
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        start();
        put("notes", TEXT, "");
        byte[] large = new byte[(10 << 20) + 1];
        HttpResponse<String> refused =
                send(request("/v1/stream/notes").header("Content-Type", TEXT).POST(BodyPublishers.ofByteArray(large)));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("TOO_LARGE");
        assertThat(header(get("notes"), "Stream-Next-Offset")).endsWith("_0000000000000000");
    }

    private static Callers byName() {
        return token -> new Caller(
                new Principal(String.valueOf(token)),
                "reader".equals(token) ? Set.of(Scope.READ) : Set.of(Scope.READ, Scope.RUN),
                token);
    }

    /// The same path is another stream for somebody else.
    @Test
    void everybodyHasStreamsOfTheirOwn() {
        start(byName(), Cors.NONE);
        String[] ada = {"Authorization", "Bearer ada"};
        String[] bob = {"Authorization", "Bearer bob"};
        put("notes", TEXT, "Ada's", ada);

        assertThat(get("notes", bob).statusCode()).isEqualTo(404);
        assertThat(put("notes", TEXT, "Bob's", bob).statusCode()).isEqualTo(201);
        assertThat(get("notes", ada).body()).isEqualTo("Ada's");
        assertThat(send(request("/v1/stream/notes", bob).DELETE()).statusCode()).isEqualTo(204);
        assertThat(get("notes", ada).body()).isEqualTo("Ada's");
        String[] reader = {"Authorization", "Bearer reader"};
        assertThat(put("notes", TEXT, "", reader).statusCode()).isEqualTo(403);
        assertThat(get("notes", reader).statusCode()).isEqualTo(404);
    }

    /// E1: by default no page of another origin, and never elsewhere.
    @Test
    void pagesOfOtherOriginsAreLetInOnlyWhereTheyAreNamed() {
        start(Callers.ANYBODY, new Cors("https://app.example.com"));
        put("notes", TEXT, "x");

        assertThat(header(get("notes", "Origin", "https://app.example.com"), "Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example.com");
        assertThat(get("notes", "Origin", "https://evil.example.com").statusCode())
                .isEqualTo(403);
        HttpResponse<String> preflight = send(request("/v1/stream/notes", "Origin", "https://app.example.com")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("if-none-match", "producer-seq");
        HttpResponse<String> elsewhere = send(request("/health", "Origin", "https://app.example.com"));
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(header(elsewhere, "Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void noPageIsLetInByDefault() {
        start();
        put("notes", TEXT, "x");

        assertThat(header(get("notes"), "Access-Control-Allow-Origin")).isEmpty();
        assertThat(get("notes", "Origin", "https://app.example.com").statusCode())
                .isEqualTo(403);
    }

    /// A wake outlives the gateway, and its token does; another subscription's token does not fit.
    @Test
    void aClaimedWakeIsFinishedAfterARestart() {
        start();
        put("wakes", "application/json", "[]");
        for (String id : List.of("one", "two")) {
            assertThat(put(
                                    "__ds/subscriptions/" + id,
                                    "application/json",
                                    "{\"type\":\"pull-wake\",\"pattern\":\"jobs/**\",\"wake_stream\":\"wakes\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        put("jobs/a/b", TEXT, "work");
        TestGateway.eventually("both are told", () -> messages(get("wakes")).size() == 2);
        JsonNode claim =
                Json.MAPPER.readTree(post("__ds/subscriptions/one/claim", "application/json", "{\"worker\":\"w\"}")
                        .body());
        stop();
        start();

        String report = Json.MAPPER
                .createObjectNode()
                .put("wake_id", claim.path("wake_id").asString(""))
                .put("generation", claim.path("generation").asLong(0))
                .put("done", true)
                .toString();
        String[] token = {"Authorization", "Bearer " + claim.path("token").asString("")};
        String json = "application/json";
        assertThat(post("__ds/subscriptions/two/ack", json, report, token).statusCode())
                .isEqualTo(401);
        HttpResponse<String> done = post("__ds/subscriptions/one/ack", json, report, token);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("\"next_wake\":true"); // nothing was acked
        assertThat(post("__ds/subscriptions/one/ack", json, report, token).body())
                .contains("FENCED");
    }

    /// What was appended while nobody looked after subscriptions.
    @Test
    void workThatNobodyWasToldOfIsToldAfterARestart() {
        start();
        put("wakes", "application/json", "[]");
        put(
                "__ds/subscriptions/one",
                "application/json",
                "{\"type\":\"pull-wake\",\"pattern\":\"jobs/*\",\"wake_stream\":\"wakes\"}");
        stop();
        try (Store behind = SqliteStore.open(directory.resolve("db.sqlite3"))) {
            behind.streams()
                    .create(
                            new Streams.Name(Principal.LOCAL, "jobs/1"),
                            new StreamConfig(TEXT, null, null, false, null),
                            StreamAppend.of(TEXT, new byte[] {'x'}));
        }
        start();

        TestGateway.eventually("it is told", () -> messages(get("wakes")).size() == 1);
        assertThat(get("wakes").body()).contains("\"stream\":\"jobs/1\"");
    }

    @Test
    void webhooksGoNeitherToPrivateNetworksNorOverPlainHttp() {
        start();
        for (String url : List.of(
                "http://127.0.0.1:3000/hook",
                "http://10.0.0.1/hook",
                "https://192.168.0.1/hook",
                "https://169.254.169.254/latest",
                "https://[fd00::1]/hook",
                "http://example.com/hook",
                "ftp://example.com/hook",
                "https://user:secret@example.com/hook")) {
            String body = "{\"type\":\"webhook\",\"pattern\":\"*\",\"webhook\":{\"url\":\"" + url + "\"}}";
            HttpResponse<String> refused = put("__ds/subscriptions/x", "application/json", body);
            assertThat(refused.statusCode()).as(url).isEqualTo(400);
            assertThat(refused.body()).as(url).contains("WEBHOOK_URL_REJECTED");
        }
    }
}
