package dev.dwata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class HttpServersTest {
    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private HttpServer elsewhere;

    @BeforeEach
    void start() throws IOException {
        server = listening(this::answer);
        elsewhere = listening(exchange -> {
            heard.add("elsewhere: " + exchange.getRequestHeaders().getFirst("X-Key"));
            exchange.sendResponseHeaders(500, -1);
        });
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        elsewhere.stop(0);
    }

    @Test
    void toolsAreCalledWithTheHeadersThatAreConfigured() throws Exception {
        try (Bench bench = new Bench(folder, at("/mcp?tenant=a"))) {
            assertThat(bench.names()).containsExactly("site.echo");
            assertThat(bench.call("site.echo").result().get("text").stringValue())
                    .isEqualTo("hello");
        }
        assertThat(heard)
                .contains(
                        "POST /mcp?tenant=a initialize sesame-sesame 2025-11-25",
                        "POST /mcp?tenant=a tools/call sesame-sesame 2025-06-18");
    }

    @Test // L6
    void aRedirectIsNotFollowed() throws Exception {
        try (Bench bench = new Bench(folder, at("/redirects"))) {
            assertThat(bench.names()).isEmpty();
        }
        assertThat(heard).noneMatch(line -> line.startsWith("elsewhere"));
    }

    @ParameterizedTest // L6: a metadata address, in decimal, in hexadecimal, mapped into IPv6, with a dot at its end
    @ValueSource(
            strings = {
                "http://169.254.169.254/mcp",
                "http://2852039166/mcp",
                "http://[::ffff:169.254.169.254]/mcp",
                "http://[fe80::1]/mcp",
                "http://100.100.100.200/mcp",
                "http://0.0.0.0:1/mcp"
            })
    void anAddressWhereNoServerIsMeantToBeIsRefused(String url) {
        ObjectNode servers = Json.MAPPER.createObjectNode();
        servers.putObject("site").put("url", url);
        try (Bench bench = new Bench(folder, servers)) {
            assertThat(catchThrowableOfType(McpException.class, () -> bench.servers.examine("site")))
                    .hasMessageContaining("where no server is meant to be");
        }
    }

    @Test // L6: first public, then private
    void aNameThatWasPublicDoesNotBecomePrivate() throws Exception {
        URI url = URI.create("https://mcp.example/mcp");
        List<String> answers = new CopyOnWriteArrayList<>(List.of("93.184.216.34", "127.0.0.1"));
        Hosts hosts = new Hosts(url, host -> new InetAddress[] {InetAddress.getByName(answers.removeFirst())});
        hosts.check(url);

        assertThatThrownBy(() -> hosts.check(url))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has become a private one");
    }

    @Test // L6
    void nothingIsSentToAnotherOrigin() {
        Hosts hosts = new Hosts(URI.create("https://mcp.example/mcp"), InetAddress::getAllByName);

        for (String other : List.of(
                "http://mcp.example/mcp",
                "https://mcp.example:8443/",
                "https://evil.example/mcp",
                "https://mcp.example./mcp")) {
            assertThatThrownBy(() -> hosts.check(URI.create(other)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("would have been sent to");
        }
    }

    @Test // L6
    void aSlowBodyEndsInTime() throws Exception {
        ObjectNode servers = at("/slow");
        ((ObjectNode) servers.get("site")).put("timeoutMs", 300);
        try (Bench bench = new Bench(folder, servers)) {
            assertThat(bench.call("site.echo").result().get("error").stringValue())
                    .isEqualTo("MCP server 'site' did not answer within 300 ms; whether it did anything is not known");
        }
    }

    @Test
    void anAnswerIsNotLargerThanItMayBe() throws Exception {
        try (Bench bench = new Bench(folder, at("/large"))) {
            assertThat(bench.call("site.echo").result().get("success").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void aServerThatIsNotThereIsLeftOut() throws Exception {
        server.stop(0);
        try (Bench bench = new Bench(folder, at("/mcp"))) {
            assertThat(bench.names()).isEmpty();
        }
    }

    private ObjectNode at(String path) {
        ObjectNode servers = Json.MAPPER.createObjectNode();
        servers.putObject("site")
                .put("url", "http://127.0.0.1:" + server.getAddress().getPort() + path)
                .putObject("headers")
                .put("X-Key", "${TOKEN}");
        return servers;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        JsonNode message = Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
        String method = message.path("method").asString("");
        heard.add("POST " + path + " " + method + " "
                + exchange.getRequestHeaders().getFirst("X-Key") + " "
                + exchange.getRequestHeaders().getFirst("MCP-Protocol-Version"));
        if (path.equals("/redirects")) {
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");
            exchange.sendResponseHeaders(307, -1);
            return;
        }
        String result = switch (method) {
            case "initialize" ->
                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},\"serverInfo\":"
                        + "{\"name\":\"t\",\"version\":\"1\"}}";
            case "tools/list" -> "{\"tools\":[" + MisbehavingServer.tool("echo", "d", "{}", "") + "]}";
            case "tools/call" -> called(path);
            default -> "";
        };
        if (result.isEmpty()) {
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        byte[] body = ("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"result\":" + result + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        if (path.equals("/slow") && method.equals("tools/call")) {
            exchange.getResponseBody().write(body, 0, 10);
            exchange.getResponseBody().flush();
            waitUntilOver();
        }
        exchange.getResponseBody().write(body);
    }

    private static String called(String path) {
        String text = path.equals("/large") ? "x".repeat(20 << 20) : "hello";
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    private void waitUntilOver() throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private static HttpServer listening(Handler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
        server.start();
        return server;
    }
}
