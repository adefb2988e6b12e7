package dev.dwata.agent.tool.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
class WebToolsTest {
    private final MockWebServer server = new MockWebServer();
    private final List<InetAddress> connected = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Reaches only the server of the test, under any name.
    private final class TestReach implements Reach {
        @Override
        public void check(HttpUrl url) {}

        @Override
        public void check(InetAddress address) throws WebRefused {
            connected.add(address);
            if (!address.isLoopbackAddress()) {
                throw new WebRefused("not the server of the test");
            }
        }

        @Override
        public List<InetAddress> resolve(String host) {
            return List.of(InetAddress.getLoopbackAddress());
        }
    }

    private static ObjectNode fetch(List<Tool> tools, String url) throws Exception {
        ToolContext context =
                new ToolContext(Principal.LOCAL, SessionId.create(), RunId.create(), "call", (progress, message) -> {});
        JsonNode arguments = Json.MAPPER.createObjectNode().put("url", url);
        ToolOutcome outcome = tools.getFirst().call(arguments, context);
        return outcome.result();
    }

    private ObjectNode fetch(String path) throws Exception {
        return fetch(WebTools.over(new TestReach()), "http://page.test:" + server.getPort() + path);
    }

    @Test
    void readsThePageAsText() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "text/html; charset=utf-8")
                .body("<html><head><title>x</title></head><body><h1>Caf&#233; &amp; tea</h1><script>evil()</script>"
                        + "<p>One<br>two<!-- no --></p><p>&lt;three&gt; & four</body>")
                .build());
        ObjectNode result = fetch("/a");
        assertThat(result.path("text").asString()).isEqualTo("Café & tea\nOne\ntwo\n<three> & four");
        assertThat(result.path("status").asInt()).isEqualTo(200);
        assertThat(result.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void readsNoMoreThanItMay_H12() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "text/plain")
                .body("x".repeat(300_000))
                .build());
        ObjectNode result = fetch("/big");
        assertThat(result.path("text").asString()).hasSize(256 * 1024);
        assertThat(result.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "image/png")
                .body("x")
                .build());
        assertThat(fetch("/i").path("error").asString()).isEqualTo("it is image/png, which is not text");
    }

    @Test
    void followsRedirectsOnOneHostAndTellsOfOthers_L6() throws Exception {
        server.enqueue(
                new MockResponse.Builder().code(302).addHeader("Location", "/b").build());
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "http://169.254.169.254/latest/meta-data/")
                .build());
        ObjectNode result = fetch("/a");
        assertThat(result.path("location").asString()).isEqualTo("http://169.254.169.254/latest/meta-data/");
        assertThat(connected).allMatch(InetAddress::isLoopbackAddress);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void sendsNothingToAnAddressThatANameHasChangedTo_L6() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Reach rebinding = new Reach() {
            @Override
            public void check(HttpUrl url) {}

            @Override
            public void check(InetAddress address) throws WebRefused {
                Reach.publicWeb().check(address);
            }

            @Override
            public List<InetAddress> resolve(String host) throws UnknownHostException {
                String literal = asked.getAndIncrement() == 0 ? "93.184.215.14" : "127.0.0.1";
                return List.of(InetAddress.getByName(literal));
            }
        };
        rebinding.resolve("first");
        ObjectNode result = fetch(WebTools.over(rebinding), "http://page.test:" + server.getPort() + "/");
        assertThat(result.path("error").asString()).contains("private or reserved");
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://localhost./",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0/",
                "https://10.1.2.3/",
                "https://192.168.0.1/",
                "https://172.31.255.255/",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/",
                "https://[fe80::1]/",
                "https://[fd00::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://user:pw@example.org/",
                "http://example.org/",
                "https://example.org:8443/",
                "file:///etc/passwd",
                "ftp://example.org/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "gopher://x",
                "not an address",
                ""
            })
    void reachesNothingPrivate_L6(String url) throws Exception {
        ObjectNode result = fetch(WebTools.create(), url);
        assertThat(result.path("success").asBoolean()).as(result.toString()).isFalse();
        assertThat(result.path("error").asString())
                .containsAnyOf(
                        "private or reserved",
                        "only https",
                        "user name or password",
                        "must be an https address",
                        "cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "100.128.0.1", "172.32.0.1"})
    void knowsWhatIsPublic(String address) throws Exception {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
    }
}
