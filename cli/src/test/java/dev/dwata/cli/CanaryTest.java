package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.Session;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A provider's key that everybody repeats is found nowhere: not in a file of the data folder, not in the log
/// at its most talkative, not in what clients are sent, not in what a command prints (P17, N7, G15).
@Timeout(180)
class CanaryTest {
    private static final String KEY = "canary-7Qx2Lm9Zr4-Wb6";
    private static final String BODY = "7Qx2Lm9Zr4";

    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder).with("OPENAI_API_KEY", KEY).with("JAVA_TOOL_OPTIONS", "-Ddwata.log.level=trace");
    }

    private void findNothing(String... said) throws IOException {
        for (String text : said) {
            assertThat(text).doesNotContain(BODY);
        }
        try (Stream<Path> files = Files.walk(dwata.home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(BODY);
            }
        }
    }

    @Test
    void isNotShownWhereTheModelSaysItInPieces() throws Exception {
        try (SlowModel model = new SlowModel()) {
            dwata.with("OPENAI_BASE_URL", model.url());
            try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
                String url = Json.STRICT
                        .readTree(gateway.awaitOut(out -> out.contains("\n")))
                        .path("url")
                        .stringValue();
                Stream.of("It is ", "canary-7Q", "x2Lm9", "Zr4-Wb6", ".").forEach(model::say);
                model.finish();
                StringBuilder frames = new StringBuilder();
                String asked;
                try (RemoteRuntime client = RemoteRuntime.connect(dwata.address(url, ClientType.CLI))) {
                    Session session = client.createSession();
                    session.prompt("What is your key? Is it " + KEY + "?").await();
                    asked = session.id().value();
                    for (Envelope entry : everything(session)) {
                        frames.append(EventCodec.payload(entry.event())).append('\n');
                    }
                }
                assertThat(frames).contains("It is [redacted].", "Is it [redacted]?");
                assertThat(model.requests).noneMatch(request -> request.contains(BODY));
                gateway.signal("TERM");
                Ran ran = gateway.end();
                assertThat(ran.err()).contains("TRACE");
                findNothing(frames.toString(), ran.out(), ran.err());

                Ran history = dwata.run("history", "--session", asked, "--json");
                assertThat(history.out()).contains("It is [redacted].");
                findNothing(history.out(), history.err());
            }
        }
    }

    private static List<Envelope> everything(Session session) throws InterruptedException {
        try (EventStream stream = session.events(0)) {
            List<Envelope> all = new ArrayList<>();
            Envelope entry = stream.next(Duration.ofSeconds(30));
            while (entry != null) {
                all.add(entry);
                if (entry.event() instanceof AgentEvent.Terminal) {
                    return all;
                }
                entry = stream.next(Duration.ofSeconds(30));
            }
            throw new AssertionError("the run has no end");
        }
    }

    @Test
    void isNotShownWhereTheProviderQuotesItInAnError() throws Exception {
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            String quoted = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] body = ("{\"error\":{\"message\":\"not valid: " + quoted + " and " + KEY + "\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        try {
            dwata.with(
                    "OPENAI_BASE_URL",
                    "http://127.0.0.1:" + provider.getAddress().getPort() + "/v1");

            Ran ran = dwata.run("--json", "hello");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).contains("MODEL_REJECTED").contains("not valid");
            findNothing(ran.out(), ran.err());
        } finally {
            provider.stop(0);
        }
    }

    @Test
    void isNotShownWhereAToolFindsIt() throws Exception {
        Files.writeString(dwata.workspace.resolve("notes.txt"), "the key is " + KEY + "\n");

        Ran ran = dwata.run("--json", "--model", "offline", "Read notes.txt");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("the key is [redacted]");
        findNothing(ran.out(), ran.err());
        assertThat(Files.readString(dwata.workspace.resolve("notes.txt"))).contains(KEY);
    }

    @Test
    void isNotShownInWhatACommandComplainsOf() throws Exception {
        Ran ran = dwata.run("--model", KEY, "hello");

        assertThat(ran.code()).isNotZero();
        assertThat(ran.err()).contains("[redacted]");
        findNothing(ran.out(), ran.err());
    }
}
