package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.gateway.ws.WsLimits;
import dev.dwata.types.Json;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandshakeTest {
    private TestGateway gateway = TestGateway.plain();

    @AfterEach
    void close() {
        gateway.close();
    }

    private void restart(WsLimits limits) {
        gateway.close();
        gateway = TestGateway.with(limits);
    }

    /// S4-22, S4-23, S4-24, S4-202
    @Test
    void acceptsAValidConnect() {
        Client client = gateway.open();

        JsonNode response = client.respond(
                "connect", Client.params("version", "1", "clientType", "cli", "clientName", "tester", "later", 1));

        JsonNode payload = response.get("payload");
        String connectionId = payload.get("connectionId").stringValue();
        assertThat(connectionId).startsWith("conn_");
        assertThat(response).isEqualTo(Json.MAPPER.readTree("""
                        {"type":"res","id":"r1","ok":true,"payload":{
                          "gatewayVersion":"0.1.1","protocolVersion":"1",
                          "supportedMethods":["agent","agent.cancel","agent.resume","sessions.list","sessions.new","sessions.switch",
                            "sessions.attach","sessions.detach","sessions.history","sessions.search","sessions.rename","sessions.update",
                            "sessions.archive","sessions.restore","sessions.delete","input.respond","tool.respond","input.list","presence.update",
                            "tools.register","tools.unregister","processes.list","processes.cancel",
                            "memory.get","memory.set","memory.list","memory.search","memory.delete","items.list","items.get","items.search",
                            "items.create","items.update","items.delete","status","models.list",
                            "agents.list","usage"],
                          "connectionId":"%s","principal":"local","scopes":["read","run","approve","admin","daemon"],
                          "limits":{"maxMessageBytes":1048576,"outboxFrames":1024,"outboxBytes":4194304,"pingMs":20000},
                          "isReconnect":false}}""".formatted(connectionId)));
    }

    /// S4-26, S4-27, S4-203
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'clientType':'web'}                                          | version is required",
                "{'version':1,'clientType':'web'}                              | version must be a string, not an integer",
                "{'version':'1'}                                               | clientType is required",
                "{'version':'1','clientType':'fax'}                            | clientType must be one of web, cli, telegram, mcp, runtime",
                "{'version':'1','clientType':['web']}                          | clientType must be a string, not an array",
                "{'version':'1','clientType':'web','sessionId':'x'}            | sessionId must be a UUID, not 'x'",
                "{'version':'1','clientType':'web','batch':'yes'}              | batch must be true or false, not a string",
                "{'version':'1','clientType':'web','capabilities':[1]}         | capabilities must be an array of strings, not an array",
                "{'version':'1','clientType':'web','clientId':''}              | clientId must be 1 to 200 characters",
                "{'version':'1','clientType':'web','afterSeq':3}               | afterSeq needs a sessionId",
            })
    void refusesAnInvalidConnect(String params, String error) {
        Client client = gateway.open();

        JsonNode response = client.respond("connect", Json.MAPPER.readTree(params.replace('\'', '"')));

        assertThat(response.get("ok").booleanValue()).isFalse();
        assertThat(response.get("error").stringValue()).isEqualTo(error);
        assertThat(response.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
        assertThat(client.awaitClose()).isEqualTo(4400);
    }

    /// S4-26
    @Test
    void refusesAVersionItDoesNotSpeak() {
        Client client = gateway.open();

        JsonNode refused = client.refused("connect", "version", "2", "clientType", "hologram");

        assertThat(refused.get("error").stringValue()).isEqualTo("version must be \"1\"");
        assertThat(client.awaitClose()).isEqualTo(4406);
    }

    /// S4-25, S4-205
    @ParameterizedTest
    @ValueSource(strings = {"status", "agent", "nonsense"})
    void refusesAnythingElseFirst(String method) {
        Client client = gateway.open();

        JsonNode refused = client.refused(method, "message", "hello");

        assertThat(refused.get("error").stringValue()).isEqualTo("the first request must be connect");
        assertThat(client.awaitClose()).isEqualTo(4400);
        assertThat(gateway.runtime.busySessions()).isEmpty();
    }

    /// S4-204
    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{", "{\"type\":\"req\",}", "{\"id\":\"1\",\"id\":\"2\"}", "{} {}"})
    void answersWhatIsNotJsonWithoutAnId(String message) {
        Client client = gateway.open();

        client.raw().text(message);

        JsonNode response = client.frame(frame -> true);
        assertThat(response.has("id")).isTrue();
        assertThat(response.get("id").isNull()).isTrue();
        assertThat(response.get("ok").booleanValue()).isFalse();
        assertThat(response.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
        assertThat(client.awaitClose()).isEqualTo(4400);
    }

    @Test
    void refusesABinaryMessageFirst() {
        Client client = gateway.open();

        client.raw().frame(true, RawSocket.BINARY, new byte[] {1});

        assertThat(client.frame(frame -> true).get("id").isNull()).isTrue();
        assertThat(client.awaitClose()).isEqualTo(4400);
    }

    @Test
    void waitsForConnectOnlySoLong() {
        restart(WsLimits.builder().connectWithin(Duration.ofMillis(200)).build());
        Client silent = gateway.open();

        assertThat(silent.awaitClose()).isEqualTo(4400);
        assertThat(silent.allFrames().getFirst().get("error").stringValue()).contains("connect was not sent");
    }

    /// C5
    @Test
    void dropsConnectionsThatDoNotEvenAskForAnUpgrade() {
        restart(WsLimits.builder().connectWithin(Duration.ofSeconds(2)).build());
        RawSocket silent = gateway.raw();
        RawSocket halfway = gateway.raw();
        halfway.bytes("GET /ws HTTP/1.1\r\nHost: 127".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(silent::read).isInstanceOf(EOFException.class);
        assertThat(halfway.body(12)).isIn("", "HTTP/1.1 408", "HTTP/1.1 400");
        gateway.client().settle();
    }

    /// C5: 1,000 at once, of which half have begun a request
    @Test
    void isThereForOthersWhileAThousandAreSilent() {
        restart(WsLimits.builder().connectWithin(Duration.ofSeconds(2)).build());
        List<RawSocket> silent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            RawSocket socket = gateway.raw();
            silent.add(socket);
            if (i % 2 == 0) {
                socket.bytes("GET /ws HTTP/1.1\r\nHost: 127".getBytes(StandardCharsets.UTF_8));
            }
        }

        gateway.client().settle();

        for (RawSocket socket : silent) {
            assertThat(socket.rest()).isIn("", "HTTP/1.1 408", "HTTP/1.1 400");
        }
    }

    /// 4.3: a head that comes byte by byte is never idle
    @Test
    void endsAConnectionWhoseRequestDoesNotGetToItsEnd() {
        restart(WsLimits.builder().connectWithin(Duration.ofMillis(400)).build());
        RawSocket slow = gateway.raw();
        slow.bytes("GET /health HTTP/1.1\r\nX: ".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> {
                    while (true) {
                        slow.bytes(new byte[] {'x'});
                        LockSupport.parkNanos(20_000_000);
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
        gateway.client().settle();
    }

    /// S4-28
    @Test
    void answersASecondConnectWithAnErrorAndStaysOpen() {
        Client client = gateway.client();

        JsonNode refused = client.refused("connect", "version", "1", "clientType", "web");

        assertThat(refused.get("code").stringValue()).isEqualTo("CONFLICT");
        assertThat(client.call("status").path("gateway").path("version").stringValue())
                .isEqualTo("0.1.1");
    }

    /// C17
    @Test
    void takesLittleFromThoseWhoHaveNotConnected() {
        Client client = gateway.open();

        client.raw().text("x".repeat((16 << 10) + 1));

        assertThat(client.awaitClose()).isEqualTo(1009);
    }

    private String metrics() {
        RawSocket socket = gateway.raw();
        socket.request(List.of("GET /metrics HTTP/1.1", "Host: 127.0.0.1:" + gateway.port(), "Connection: close"));
        return socket.body(1 << 20);
    }

    /// C5
    @Test
    void keepsPlaceForThoseWhoConnect() {
        restart(WsLimits.builder().connections(4, 2).build());
        Client connected = gateway.client();
        gateway.open();
        gateway.open();
        TestGateway.eventually("both are seen", () -> metrics().contains("\ndwata_connections 3\n"));
        assertThat(connected.call("status").at("/gateway/activeConnections").intValue())
                .as("those who have not connected are nobody's")
                .isEqualTo(1);

        assertThat(gateway.raw().upgrade("Host: 127.0.0.1:" + gateway.port())).isEqualTo(503);
    }

    /// C5: who says nothing keeps nobody out for longer than a second
    @Test
    void givesThePlaceOfOneWhoDoesNotConnectToAnother() {
        restart(WsLimits.builder().connections(8, 2).build());
        Client first = gateway.open();
        Client second = gateway.open();

        TestGateway.eventually("there is room", () -> {
            int status = gateway.raw().upgrade("Host: 127.0.0.1:" + gateway.port());
            return status == 101;
        });

        assertThat(first.awaitClose()).isEqualTo(1013);
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void limitsHowManyAreConnected() {
        restart(WsLimits.builder().connections(2, 2).build());
        Client first = gateway.client();
        gateway.client();
        assertThat(gateway.raw().upgrade("Host: 127.0.0.1:" + gateway.port())).isEqualTo(503);

        first.close();

        TestGateway.eventually(
                "a place is free", () -> gateway.raw().upgrade("Host: 127.0.0.1:" + gateway.port()) == 101);
    }

    /// C-31
    @Test
    void entersTheSessionItIsAskedFor() {
        String session = gateway.client()
                .call("sessions.new", "title", "Plans")
                .get("sessionId")
                .stringValue();
        Client client = gateway.open();

        JsonNode payload = client.connect("sessionId", session, "clientId", "tab-1");

        assertThat(payload.at("/session/id").stringValue()).isEqualTo(session);
        assertThat(payload.at("/session/title").stringValue()).isEqualTo("Plans");
        assertThat(payload.get("isReconnect").booleanValue()).isFalse();
        assertThat(client.event("synced").at("/payload/headSeq").longValue()).isZero();
        assertThat(client.call("sessions.history").get("messages")).isEmpty();
        client.close();
        assertThat(gateway.open()
                        .connect("sessionId", session, "clientId", "tab-1")
                        .get("isReconnect")
                        .booleanValue())
                .isTrue();
        assertThat(gateway.open()
                        .connect("sessionId", session, "clientId", "tab-2")
                        .get("isReconnect")
                        .booleanValue())
                .isFalse();
    }

    /// S4-60
    @Test
    void refusesToEnterASessionThatIsNotThere() {
        Client client = gateway.open();

        JsonNode refused = client.refused(
                "connect", "version", "1", "clientType", "web", "sessionId", "0190b5a0-0000-7000-8000-000000000000");

        assertThat(refused.get("code").stringValue()).isEqualTo("NOT_FOUND");
        assertThat(client.awaitClose()).isEqualTo(4400);
    }
}
