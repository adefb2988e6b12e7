package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.ws.WsLimits;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// P6, C1 to C3: a slow client hurts only itself.
class OverflowTest {
    private static final String KILOBYTES = "x".repeat(20_000);

    private final ScriptedModel model = new ScriptedModel();
    private TestGateway gateway;

    @AfterEach
    void close() {
        gateway.close();
    }

    private TestGateway start(WsLimits limits) {
        gateway = TestGateway.with(model, limits);
        return gateway;
    }

    private static WsLimits impatient() {
        return WsLimits.builder()
                .stall(Duration.ofSeconds(1))
                .closeWithin(Duration.ofMillis(300))
                .build();
    }

    private void write(SessionId session, int count, String text) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            gateway.store.log().append(session, null, new ErrorReported(new AgentError.ToolFailed(text)));
        }
    }

    /// A client that connects, follows a session, and reads no more.
    private RawSocket neverReads(SessionId session) {
        RawSocket socket = RawSocket.open(gateway.port());
        socket.text(
                "{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\",\"params\":{\"version\":\"1\",\"clientType\":\"web\","
                        + "\"sessionId\":\"" + session + "\"}}");
        TestGateway.eventually("it follows the session", () -> watchers(session) == 2);
        return socket;
    }

    private int watchers(SessionId session) {
        Client asking = gateway.client();
        try {
            return asking.call("status", "sessionId", session)
                    .at("/session/view/clients")
                    .intValue();
        } finally {
            asking.close();
        }
    }

    private SessionId session(Client client) {
        return new SessionId(client.call("sessions.new").get("sessionId").stringValue());
    }

    /// C1
    @Test
    void dropsAClientThatNeverReadsAndHarmsNobody() throws Exception {
        start(impatient());
        Client healthy = gateway.client();
        SessionId session = session(healthy);
        RawSocket stuck = neverReads(session);

        int count = 2_000;
        write(session, count, KILOBYTES);

        healthy.frame(frame -> frame.path("seq").asLong(0) == count);
        assertThat(seqs(healthy))
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
        TestGateway.eventually("the stuck one is dropped", () -> watchers(session) == 1);
        TestGateway.eventually(
                "its socket is closed",
                () -> healthy.call("status").at("/gateway/activeConnections").intValue() == 1);
        assertThat(lastFrame(stuck)).isIn(1006, 1013);
        stuck.close();
        JsonNode again = gateway.client().call("sessions.attach", "sessionId", session, "afterSeq", count);
        assertThat(again.get("headSeq").longValue()).isEqualTo(count);
    }

    /// Reads to the end.
    ///
    /// @return the closing code, 1006 if the socket was dropped without one
    private static int lastFrame(RawSocket socket) {
        try {
            RawSocket.Frame frame = socket.read();
            while (frame.opcode() != RawSocket.CLOSE) {
                frame = socket.read();
            }
            return frame.closeCode();
        } catch (IOException e) {
            return 1006;
        }
    }

    /// 1013 reaches a client that reads again in time.
    @Test
    void tellsAClientThatWakesUpInTime() throws Exception {
        start(WsLimits.builder()
                .stall(Duration.ofMillis(100))
                .closeWithin(Duration.ofSeconds(20))
                .build());
        Client healthy = gateway.client();
        SessionId session = session(healthy);
        RawSocket slow = neverReads(session);

        write(session, 1_000, KILOBYTES);
        TestGateway.eventually("it was given up", () -> watchers(session) == 1);

        assertThat(lastFrame(slow)).isEqualTo(1013);
        slow.close();
    }

    /// A client that is only slower than the writer gets everything.
    @Test
    void waitsForAClientThatReads() throws Exception {
        start(WsLimits.builder().outbox(64, 1 << 20).build());
        Client client = gateway.client();
        SessionId session = session(client);

        write(session, 20_000, "small");
        client.frame(frame -> frame.path("seq").asLong(0) == 20_000);

        assertThat(seqs(client))
                .isEqualTo(LongStream.rangeClosed(1, 20_000).boxed().toList());
    }

    /// A frame that is longer than the whole outbox is no reason to close.
    @Test
    void sendsFramesThatAreLongerThanTheOutbox() throws Exception {
        start(WsLimits.builder().outbox(64, 1_000).build());
        Client client = gateway.client();
        SessionId session = session(client);

        write(session, 100, KILOBYTES);
        client.frame(frame -> frame.path("seq").asLong(0) == 100);

        assertThat(seqs(client))
                .isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    /// C3: answers wait until they are read, and requests until there is room for their answers.
    @Test
    void answersAllOfTenThousandRequestsSentInOneBurst() throws Exception {
        start(WsLimits.builder().pace(100_000, 10_000).build());
        RawSocket socket = RawSocket.open(gateway.port());
        socket.text(
                "{\"type\":\"req\",\"id\":\"c\",\"method\":\"connect\",\"params\":{\"version\":\"1\",\"clientType\":\"web\"}}");
        Thread sending = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 10_000; i++) {
                socket.text("{\"type\":\"req\",\"id\":\"" + i + "\",\"method\":\"status\"}");
            }
        });
        Client other = gateway.client();
        other.settle();

        List<String> ids = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            JsonNode response = Json.MAPPER.readTree(socket.read().text());
            assertThat(response.get("ok").booleanValue()).isTrue();
            ids.add(response.get("id").stringValue());
        }
        sending.join();

        assertThat(ids.subList(1, ids.size()))
                .isEqualTo(LongStream.range(0, 10_000).mapToObj(Long::toString).toList());
        socket.close();
    }

    /// C6: one that is there, but does not answer pings
    @Test
    void closesAPeerOfWhichNothingIsHeard() {
        start(WsLimits.builder()
                .ping(Duration.ofMillis(50), Duration.ofMillis(400))
                .closeWithin(Duration.ofMillis(200))
                .build());
        RawSocket silent = RawSocket.open(gateway.port());
        silent.text(
                "{\"type\":\"req\",\"id\":\"c\",\"method\":\"connect\",\"params\":{\"version\":\"1\",\"clientType\":\"web\"}}");
        Client answering = gateway.client();

        assertThat(lastFrame(silent)).isEqualTo(1001);
        answering.awaitPings(10);
        assertThat(answering.isOpen()).isTrue();
        assertThatThrownBy(silent::read).isInstanceOf(IOException.class);
        silent.close();
    }

    /// A run goes on whatever its clients do.
    @Test
    void neverMakesTheRunWait() throws Exception {
        start(impatient());
        Gate gate = new Gate();
        model.turn(t -> {
            t.waits(gate);
            for (int i = 0; i < 2_000; i++) {
                t.says(KILOBYTES.substring(0, 5_000));
            }
        });
        Client client = gateway.client();
        SessionId session = session(client);
        RawSocket stuck = neverReads(session);
        client.call("agent", "message", "Talk");
        gate.open();

        assertThat(client.event("final").at("/payload/stopReason").stringValue())
                .isEqualTo("end_turn");
        assertThat(client.raw().fragments()).isZero();
        TestGateway.eventually("the stuck one is dropped", () -> watchers(session) == 1);
        stuck.close();
    }

    private static List<Long> seqs(Client client) {
        return client.allEvents().stream()
                .filter(event -> event.has("seq"))
                .map(event -> event.get("seq").longValue())
                .toList();
    }
}
