package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// P8: no web page of another site can drive it.
class GuardTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.plain();
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    /// The port in place of `PORT`.
    private static String here(String header) {
        return header.replace("PORT", Integer.toString(gateway.port()));
    }

    private static int get(String path, String... headers) {
        List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
        for (String header : headers) {
            lines.add(here(header));
        }
        try (RawSocket socket = new RawSocket(gateway.port())) {
            return RawSocket.status(socket.request(lines));
        }
    }

    private static int upgrade(String... headers) {
        try (RawSocket socket = new RawSocket(gateway.port())) {
            return socket.upgrade(List.of(headers).stream().map(GuardTest::here).toArray(String[]::new));
        }
    }

    /// E1
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.com",
                "null",
                "file://",
                "http://127.0.0.1:3000",
                "http://127.0.0.1",
                "http://localhost.evil.com:PORT",
                "http://evil.com:PORT",
                "https://127.0.0.1:PORT",
                "HTTP://127.0.0.1:PORT",
                "http://LOCALHOST:PORT",
                "http://localhost.:PORT",
                "http://127.0.0.1:PORT/",
                "http://127.0.0.1:PORT http://127.0.0.1:PORT",
                ""
            })
    void refusesPagesOfOtherOrigins(String origin) {
        String host = "Host: 127.0.0.1:PORT";

        assertThat(upgrade(host, "Origin: " + origin)).isEqualTo(403);
        for (String path : List.of("/", "/health", "/ws", "/nothing")) {
            assertThat(get(path, host, "Origin: " + origin)).isEqualTo(403);
        }
    }

    /// E1
    @Test
    void refusesTwoOrigins() {
        assertThat(upgrade("Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT"))
                .isEqualTo(403);
    }

    /// E2
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:PORT", "http://localhost:PORT", "http://[::1]:PORT"})
    void letsItsOwnPagesIn(String origin) {
        assertThat(upgrade("Host: 127.0.0.1:PORT", "Origin: " + origin)).isEqualTo(101);
        assertThat(get("/health", "Host: localhost:PORT", "Origin: " + origin)).isEqualTo(200);
    }

    /// E3
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.com",
                "evil.com:PORT",
                "127.0.0.1.nip.io:PORT",
                "localhost.:PORT",
                "LOCALHOST.:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "0.0.0.0:PORT",
                "2130706433:PORT",
                "127.0.0.2:PORT"
            })
    void refusesToBeReachedByAnotherName(String host) {
        assertThat(upgrade("Host: " + host)).isEqualTo(421);
        for (String path : List.of("/", "/health", "/ws", "/nothing")) {
            assertThat(get(path, "Host: " + host)).isEqualTo(421);
        }
    }

    /// E3
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LocalHost:PORT", "[::1]:PORT"})
    void isReachedByItsOwnNames(String host) {
        assertThat(upgrade("Host: " + host)).isEqualTo(101);
        assertThat(get("/health", "Host: " + host)).isEqualTo(200);
    }

    /// D2
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET http://evil.com/health HTTP/1.1 | Host: 127.0.0.1:PORT",
                "GET /health HTTP/1.1 | Host: 127.0.0.1:PORT~Host: 127.0.0.1:PORT",
                "GET /health HTTP/1.1 | X: y",
                "POST /health HTTP/1.1 | Host: 127.0.0.1:PORT~Content-Length: 3~Transfer-Encoding: chunked",
                "POST /health HTTP/1.1 | Host: 127.0.0.1:PORT~Content-Length: 3~Content-Length: 4",
            })
    void refusesAmbiguousRequests(String line, String headers) {
        List<String> lines = new ArrayList<>(List.of(line));
        lines.addAll(List.of(here(headers).split("~", -1)));
        try (RawSocket socket = new RawSocket(gateway.port())) {
            assertThat(RawSocket.status(socket.request(lines))).isIn(400, 421);
        }
    }

    /// E4
    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", "''"
    })
    void refusesOtherBodiesThanJson(String contentType) {
        assertThat(post(contentType.isEmpty() ? "X: y" : "Content-Type: " + contentType))
                .isEqualTo(415);
    }

    /// E4
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "SAME-ORIGIN"})
    void refusesRequestsThatABrowserCallsForeign(String site) {
        assertThat(post("Content-Type: application/json", "Sec-Fetch-Site: " + site))
                .isEqualTo(403);
        assertThat(upgrade("Host: 127.0.0.1:PORT", "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
        assertThat(get("/health", "Host: 127.0.0.1:PORT", "Sec-Fetch-Site: none"))
                .isEqualTo(200);
        assertThat(get("/health", "Host: 127.0.0.1:PORT", "Sec-Fetch-Site: same-origin"))
                .isEqualTo(200);
    }

    private static int post(String... headers) {
        List<String> lines =
                new ArrayList<>(List.of("POST /health HTTP/1.1", here("Host: 127.0.0.1:PORT"), "Content-Length: 0"));
        lines.addAll(List.of(headers));
        try (RawSocket socket = new RawSocket(gateway.port())) {
            return RawSocket.status(socket.request(lines));
        }
    }

    /// E5, and the headers on every answer, refused or not
    @Test
    void sharesNothingWithOtherOriginsAndProtectsItsPages() {
        for (String[] asked : new String[][] {
            {
                "OPTIONS /health HTTP/1.1",
                "Host: 127.0.0.1:PORT",
                "Origin: https://evil.com",
                "Access-Control-Request-Method: POST"
            },
            {"OPTIONS /health HTTP/1.1", "Host: 127.0.0.1:PORT", "Access-Control-Request-Method: POST"},
            {"GET / HTTP/1.1", "Host: 127.0.0.1:PORT"},
            {"GET /nothing HTTP/1.1", "Host: 127.0.0.1:PORT"},
            {"GET /ws HTTP/1.1", "Host: 127.0.0.1:PORT"},
            {"GET / HTTP/1.1", "Host: evil.com"},
            {"GET / HTTP/1.1", "Host: a", "Host: b"},
        }) {
            List<String> head;
            try (RawSocket socket = new RawSocket(gateway.port())) {
                head = socket.request(
                        List.of(asked).stream().map(GuardTest::here).toList());
            }
            List<String> headers =
                    head.stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
            assertThat(headers)
                    .as(asked[0])
                    .noneMatch(line -> line.startsWith("access-control-") || line.startsWith("server:"))
                    .contains(
                            "x-content-type-options: nosniff",
                            "referrer-policy: no-referrer",
                            "cross-origin-opener-policy: same-origin",
                            "cross-origin-resource-policy: same-origin",
                            "cache-control: no-store")
                    .anyMatch(
                            line -> line.startsWith("content-security-policy: default-src 'self'; connect-src 'self'; ")
                                    && line.contains("frame-ancestors 'none'"));
        }
    }
}
