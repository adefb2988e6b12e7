package dev.dwata.agent.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.provider.openai.OpenAiClient;
import dev.dwata.agent.testing.Asked;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.types.AgentError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP below the clients, looked at through the plainest of them.
class ModelHttpTest {
    private static final int LONG = 60_000;
    private static final String KEY = "sk-secret-0123456789";
    private static final String HI =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}\n\n";
    private static final String END =
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final WireServer server = new WireServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void usesOneConnectionForOneCallAfterAnother() {
        ModelClient client = client();
        for (int i = 0; i < 10; i++) {
            server.streams(bytes(HI + END));
            assertThat(Asked.of(client).reply().message().text()).isEqualTo("Hi");
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isNotConfiguredIfTheAddressIsNone() {
        assertThat(Asked.of(client("http://a..b:99999")).error())
                .isEqualTo(new AgentError.ModelNotConfigured("the base URL of openai has no valid host or port"));
        for (String bad : List.of("", "localhost", "ftp://h", "http://", "http://h h", "//h", "http:/h")) {
            assertThatThrownBy(() -> new Endpoint("openai", bad, null)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void usesTheConnectionAgainAfterARefusal() {
        ModelClient client = client();
        server.answer((request, wire) -> wire.whole(429, "", "{}")).streams(bytes(HI + END));
        Asked.of(client);
        Asked.of(client);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void doesNotWaitForTheEndOfAnAnswerThatIsComplete() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        server.answer((request, wire) -> {
            wire.stream().chunk(HI + END);
            closed.complete(wire.peerCloses(5_000));
        });
        assertThat(Asked.of(client()).reply().message().text()).isEqualTo("Hi");
        assertThat(closed).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(true);
    }

    /// G12.
    @Test
    void sendsARequestOnceEvenWhereTheConnectionTurnsOutDead() {
        ModelClient client = client();
        server.streams(bytes(HI + END));
        Asked.of(client);
        server.answer((request, wire) -> wire.reset()).streams(bytes(HI + END));
        assertThat(Asked.of(client).error()).isInstanceOf(AgentError.ModelUnavailable.class);
        server.request();
        server.request();
        assertThat(Asked.of(client).reply()).isNotNull();
    }

    /// G11, H4: the server sees the end of the connection within a second.
    @ParameterizedTest
    @CsvSource({"virtual, head", "virtual, body", "platform, head", "platform, body"})
    void closesTheConnectionAtOnceWhenItsThreadIsInterrupted(String kind, String during) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        server.answer((request, wire) -> {
            if (during.equals("body")) {
                wire.stream().chunk(HI);
            } else {
                asked.countDown();
            }
            closed.complete(wire.peerCloses(5_000));
        });
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Runnable call = () -> {
            try {
                client().stream(Asked.hello(), delta -> asked.countDown());
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.complete(e);
            }
        };
        Thread thread = kind.equals("virtual")
                ? Thread.ofVirtual().start(call)
                : Thread.ofPlatform().start(call);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        awaitReading(thread);

        thread.interrupt();
        assertThat(closed).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(outcome)
                .succeedsWithin(1, TimeUnit.SECONDS)
                .satisfies(thrown -> assertThat(thrown).isInstanceOf(InterruptedException.class));
    }

    @Test
    void asksNobodyOnAnInterruptedThread() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client().stream(Asked.hello(), delta -> {})).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(server.connections()).isZero();
    }

    @Test
    void closesTheConnectionWhenTheListenerFails() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        server.answer((request, wire) -> {
            wire.stream().chunk(HI);
            closed.complete(wire.peerCloses(5_000));
        });
        IllegalStateException failure = new IllegalStateException("full");
        assertThatThrownBy(() -> client().stream(Asked.hello(), delta -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(closed).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo(true);
    }

    @Test
    void waitsForTheHeadOfAnAnswerAsLongAsForItsFirstByte() {
        CompletableFuture<Boolean> closed = stalls(wire -> wire);
        AgentError error = Asked.of(hurried(300, LONG, LONG)).error();
        assertThat(error)
                .isEqualTo(new AgentError.ModelUnavailable("no answer from openai: it took longer than allowed", null));
        assertThat(closed.join()).isTrue();
    }

    @Test
    void waitsForTheFirstByteOfABody() {
        CompletableFuture<Boolean> closed = stalls(WireServer.Wire::stream);
        assertThat(Asked.of(hurried(300, LONG, LONG)).error()).isInstanceOf(AgentError.ModelUnavailable.class);
        assertThat(closed.join()).isTrue();
    }

    @Test
    void givesUpOnAnAnswerThatGoesSilent() {
        CompletableFuture<Boolean> closed = stalls(wire -> wire.stream().chunk(HI));
        Asked asked = Asked.of(hurried(LONG, 300, LONG));
        assertThat(asked.error())
                .isEqualTo(
                        new AgentError.StreamIncomplete("the answer of openai broke off: it took longer than allowed"));
        assertThat(asked.deltas()).containsExactly(new ModelDelta.Text("Hi"));
        assertThat(closed.join()).isTrue();
    }

    @Test
    void givesUpOnAnAnswerThatDripsForEver() {
        CompletableFuture<Boolean> closed = stalls(wire -> {
            wire.stream();
            for (int i = 0; i < 100 && !wire.chunk(": still here\n\n").peerCloses(20); i++) {
                // More of the same.
            }
            return wire;
        });
        assertThat(Asked.of(hurried(LONG, LONG, 400)).error()).isInstanceOf(AgentError.ModelUnavailable.class);
        assertThat(closed.join()).isTrue();
    }

    @Test
    void isUnavailableIfNobodyIsThere() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(Asked.of(client("http://127.0.0.1:" + port)).error())
                .isEqualTo(new AgentError.ModelUnavailable(
                        "no answer from openai: nothing accepts connections at 127.0.0.1", null));
    }

    @Test
    void reachesAServerByItsName() {
        server.streams(bytes(HI + END));
        assertThat(Asked.of(client("http://localhost:" + server.port())).reply())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "413", "422"})
    void isRejectedByAStatusThatBlamesTheRequest(int status) {
        server.answer((request, wire) ->
                wire.whole(status, "", "{\"error\":{\"message\":\"Wrong\\nmodel\",\"type\":\"x\"}}"));
        assertThat(Asked.of(client()).error())
                .isEqualTo(new AgentError.ModelRejected("openai answered " + status + ": Wrong model", status));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 529})
    void isUnavailableByAStatusThatMayPass(int status) {
        server.answer((request, wire) -> wire.whole(status, "Retry-After: 2\r\n", "{\"error\":\"busy\"}"));
        assertThat(Asked.of(client()).error())
                .isEqualTo(
                        new AgentError.ModelUnavailable("openai answered " + status + ": busy", Duration.ofSeconds(2)));
    }

    @Test
    void isRejectedIfTheAccountIsEmpty() {
        String body = "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}";
        server.answer((request, wire) -> wire.whole(429, "", body));
        assertThat(Asked.of(client()).error())
                .isEqualTo(new AgentError.ModelRejected("openai answered 429: You exceeded your quota", 429));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"prompt is too long: 212345 tokens > 200000 maximum\",\"type\":\"x\"}}",
                "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}",
                "{\"message\":\"This model's maximum context length is 8192 tokens.\",\"code\":400}",
                "{\"error\":{\"code\":400,\"message\":\"x\",\"type\":\"exceed_context_size_error\"}}",
                "{\"detail\":\"input length and `max_tokens` exceed context limit: 1 + 2 > 3\"}"
            })
    void overflowsIfTheConversationIsTooLong(String body) {
        server.answer((request, wire) -> wire.whole(400, "", body));
        assertThat(Asked.of(client()).error()).isInstanceOf(AgentError.ContextOverflow.class);
    }

    /// G13.
    @Test
    void followsNoRedirect() {
        try (WireServer other = new WireServer()) {
            server.answer((request, wire) -> wire.whole(307, "Location: " + other.url() + "/v1\r\n", ""));
            assertThat(Asked.of(client()).error()).isEqualTo(new AgentError.ModelRejected("openai answered 307", 307));
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void isRejectedByAnAnswerThatIsNoStream() {
        server.answer((request, wire) -> wire.whole(200, "Content-Type: text/html\r\n", "<html>Welcome</html>"));
        assertThat(Asked.of(client()).error())
                .isEqualTo(new AgentError.ModelRejected("openai answered 200 without a stream of events", 200));
    }

    @Test
    void readsAnErrorThatCameAs200() {
        String body = "{\"error\":{\"message\":\"Slow down\",\"code\":429}}";
        server.answer((request, wire) -> wire.whole(200, "Content-Type: application/json\r\n", body));
        assertThat(Asked.of(client()).error())
                .isEqualTo(new AgentError.ModelUnavailable("openai reported an error: Slow down", null));
    }

    @Test
    void takesEventsThatAreNotLabelledAsSuch() {
        server.answer((request, wire) -> wire.whole(200, "Content-Type: text/plain\r\n", HI + END))
                .answer((request, wire) -> wire.whole(200, "", HI + END));
        assertThat(Asked.of(client()).reply()).isNotNull();
        assertThat(Asked.of(client()).reply()).isNotNull();
    }

    @Test
    void isIncompleteIfAnEventIsNoJson() {
        server.streams(bytes(HI + "data: <html>\n\n" + END));
        assertThat(Asked.of(client()).error())
                .isEqualTo(new AgentError.StreamIncomplete("openai sent an event that is not JSON"));
    }

    /// G15, F6: an error that quotes the key, in full and in part.
    @Test
    void neverShowsTheKey() {
        String body = "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + ", sk-secre*****6789.\"}}";
        server.answer((request, wire) -> wire.whole(401, "", body))
                .streams(bytes("data: " + body + "\n\n"))
                .answer((request, wire) -> wire.whole(400, "", "Bearer " + KEY));
        for (int i = 0; i < 3; i++) {
            Asked asked = Asked.of(client());
            assertThat(asked.error().message()).contains("[key]");
            for (Throwable e = asked.failure(); e != null; e = e.getCause()) {
                assertThat(e.toString()).doesNotContain("secret", "6789");
            }
        }
        assertThat(new Endpoint("openai", "http://localhost/", new ApiKey(KEY)).toString())
                .doesNotContain("secret");
        assertThatThrownBy(() -> new ApiKey("sk-secret\n")).hasMessage("a key is printable ASCII without spaces");
    }

    @Test
    void readsNoMoreOfAnErrorThanItNeeds() {
        server.answer((request, wire) -> {
            wire.text("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!wire.chunk("x".repeat(1 << 16)).peerCloses(1)) {
                // Without end.
            }
        });
        assertThat(Asked.of(client()).error().message()).hasSizeLessThan(600).startsWith("openai answered 500: xxx");
    }

    @Test
    void callsOnlyThisMachineWhereRealModelsAreForbidden() {
        System.setProperty(ModelHttp.FORBIDDEN, "true");
        try {
            server.streams(bytes(HI + END));
            assertThat(Asked.of(client()).reply()).isNotNull();
            assertThat(Asked.of(client("https://api.example.com")).error())
                    .isEqualTo(new AgentError.ModelRejected(
                            "calls to real models are forbidden here (dwata.models.forbidden=true): "
                                    + "api.example.com was not asked",
                            0));
        } finally {
            System.clearProperty(ModelHttp.FORBIDDEN);
        }
    }

    /// G14: more calls at once than OkHttp's dispatcher would allow to one host.
    @Test
    void runsManyCallsAtOnce() {
        int count = 30;
        CountDownLatch together = new CountDownLatch(count);
        IntStream.range(0, count)
                .forEach(i -> server.answer((request, wire) -> {
                    wire.stream().chunk(HI);
                    together.countDown();
                    if (together.await(5, TimeUnit.SECONDS)) {
                        wire.chunk(END).end();
                    }
                }));
        ModelClient client = client();
        List<CompletableFuture<Asked>> calls = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> Asked.of(client), task -> Thread.ofVirtual().start(task)))
                .toList();
        calls.forEach(call -> assertThat(call.join().reply()).isNotNull());
    }

    /// Answers with a beginning, then with nothing more.
    ///
    /// @return whether the client ended the connection, within five seconds
    private CompletableFuture<Boolean> stalls(Beginning beginning) {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        server.answer((request, wire) -> closed.complete(beginning.of(wire).peerCloses(5_000)));
        return closed;
    }

    private interface Beginning {
        WireServer.Wire of(WireServer.Wire wire) throws IOException;
    }

    /// Waits until `thread` waits for bytes, where it is hardest to get at.
    private static void awaitReading(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getClassName().endsWith("NioSocketImpl")
                        && frame.getMethodName().equals("park"))) {
            assertThat(System.nanoTime()).as("not reading after 5 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private ModelClient client() {
        return client(server.url());
    }

    private static ModelClient client(String url) {
        return new OpenAiClient(
                new Endpoint("openai", url + "/v1", new ApiKey(KEY)), new ModelHttp(StreamTimeouts.DEFAULT));
    }

    private ModelClient hurried(int firstByte, int idle, int total) {
        StreamTimeouts timeouts = new StreamTimeouts(
                Duration.ofSeconds(5), Duration.ofMillis(firstByte), Duration.ofMillis(idle), Duration.ofMillis(total));
        return new OpenAiClient(new Endpoint("openai", server.url() + "/v1", null), new ModelHttp(timeouts));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
