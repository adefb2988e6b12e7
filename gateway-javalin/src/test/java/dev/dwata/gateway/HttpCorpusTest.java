package dev.dwata.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.http.HttpLimits;
import dev.dwata.gateway.ws.WsLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// D1, D2, D3 and D5, byte by byte.
class HttpCorpusTest {
    private static final String POST =
            "POST /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\n";

    private TestGateway gateway;

    @BeforeEach
    void start() {
        start(WsLimits.DEFAULT, HttpLimits.DEFAULT);
    }

    private void start(WsLimits sockets, HttpLimits limits) {
        gateway = TestGateway.with(new ScriptedModel(), sockets, limits, new InMemoryStore());
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private RawSocket sends(String head, byte[]... body) {
        RawSocket socket = gateway.raw();
        socket.bytes(head.replace("PORT", Integer.toString(gateway.port())).getBytes(ISO_8859_1));
        for (byte[] part : body) {
            socket.bytes(part);
        }
        return socket;
    }

    private static String status(RawSocket socket) {
        return socket.body(12).replace("HTTP/1.1 ", "");
    }

    private void answersOthers() {
        assertThat(status(sends("GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n")))
                .isEqualTo("200");
    }

    /// D1
    @Test
    void takesABodyOfOneMebibyteAndNotOfMore() {
        byte[] exactly = ("{}" + " ".repeat((1 << 20) - 2)).getBytes(ISO_8859_1);

        assertThat(status(sends(POST + "Content-Length: 1048576\r\n\r\n", exactly)))
                .isEqualTo("201");
        assertThat(status(sends(POST + "Content-Length: 1048577\r\n\r\n"))).isEqualTo("413");
    }

    /// D1: refused before it is sent
    @Test
    void asksForNoBodyThatItWouldNotTake() {
        assertThat(status(sends(POST + "Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n")))
                .isEqualTo("413");
        assertThat(status(sends(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")))
                .isEqualTo("100");
        assertThat(status(sends(POST + "Expect: a miracle\r\nContent-Length: 2\r\n\r\n")))
                .isEqualTo("417");
    }

    /// D1
    @Test
    void endsABodyThatHasNoEnd() {
        RawSocket socket = sends(POST + "Transfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = ("10000\r\n" + " ".repeat(1 << 16) + "\r\n").getBytes(ISO_8859_1);

        try {
            for (int i = 0; i < 1_000; i++) {
                socket.bytes(chunk);
            }
        } catch (UncheckedIOException e) {
            // it has heard enough
        }

        assertThat(socket.rest()).isIn("HTTP/1.1 413", "");
        answersOthers();
    }

    /// D1
    @Test
    void unpacksNothing() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }

        String length = "Content-Length: " + packed.size() + "\r\n\r\n";
        assertThat(status(sends(POST + "Content-Encoding: gzip\r\n" + length, packed.toByteArray())))
                .isEqualTo("415");
        assertThat(status(sends(POST + length, packed.toByteArray()))).isEqualTo("400");
    }

    /// D2
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: a\r\n b\r\n\r\n",
                "GET /health HTTP/1.1\nHost: 127.0.0.1:PORT\n\n",
                "GET /health HTTP/1.1\r\nHost : 127.0.0.1:PORT\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: a\rb\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: a\u0000b\r\n\r\n",
                "GET /health\r\n\r\n",
                "GET /health HTTP/1.0\r\n\r\n",
                "GET /health HTTP/3.0\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "G(T /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "GET http://evil.com:PORT/health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "GET http://user@127.0.0.1:PORT/health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "CONNECT 127.0.0.1:PORT HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                POST + "Content-Length: -2\r\n\r\n{}",
                POST + "Content-Length: +2\r\n\r\n{}",
                POST + "Content-Length: 99999999999999999999\r\n\r\n{}",
                POST + "Content-Length: 0x2\r\n\r\n{}",
                POST + "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff2\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n",
            })
    void refusesWhatMayBeReadInTwoWays(String request) {
        assertThat(status(sends(request))).as(request).isIn("400", "405", "421", "501", "505");
        answersOthers();
    }

    /// 4.3: a line and all headers together
    @Test
    void takesShortAddressesOnly() {
        String end = " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n";

        assertThat(status(sends("GET /" + "x".repeat(7_000) + end))).isEqualTo("404");
        assertThat(status(sends("GET /" + "x".repeat(9_000) + end))).isEqualTo("414");
    }

    /// D3
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/../../etc/passwd",
                "/..\\..\\etc\\passwd",
                "/..%5c..%5cetc%5cpasswd",
                "/health%00",
                "/health;x",
                "/;x/health",
                "//evil/health",
                "/%2f/evil",
                "/health/.",
                "/%c0%ae%c0%ae/etc/passwd",
                "/%u002e%u002e/etc/passwd",
                "/%",
                "/%zz",
                "/api/v1/..%2fhealth"
            })
    void nothingIsFoundByRoundaboutPaths(String path) {
        assertThat(status(sends("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n")))
                .as(path)
                .isIn("400", "404");
    }

    /// D5
    @Test
    void cutsSlowBodiesAndAnswersOthersMeanwhile() {
        gateway.close();
        start(
                WsLimits.builder().connectWithin(Duration.ofSeconds(2)).build(),
                HttpLimits.DEFAULT.withRequests(512, Duration.ofMillis(500)));
        List<RawSocket> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            slow.add(sends(POST + "Content-Length: 1000000\r\n\r\n"));
        }
        answersOthers();

        try {
            while (true) {
                for (RawSocket socket : slow) {
                    socket.bytes(new byte[] {' '});
                }
                answersOthers();
                LockSupport.parkNanos(10_000_000);
            }
        } catch (UncheckedIOException e) {
            // one was cut
        }
        slow.forEach(socket -> assertThat(socket.rest()).isIn("HTTP/1.1 408", ""));
        answersOthers();
    }

    /// More than may be under way are told to come back.
    @Test
    void answersOnlySoManyAtOnce() {
        gateway.close();
        start(
                WsLimits.DEFAULT,
                new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(5), 1, 4, Duration.ofSeconds(10)));
        List<RawSocket> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RawSocket socket = sends(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(socket.body(25)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            waiting.add(socket);
        }
        assertThat(status(sends("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n")))
                .isEqualTo("503");

        waiting.forEach(socket -> socket.bytes("{}".getBytes(ISO_8859_1)));

        waiting.forEach(socket -> assertThat(status(socket)).isEqualTo("201"));
        TestGateway.eventually(
                "there is room again",
                () -> status(sends("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"))
                        .equals("200"));
    }
}
