package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.http.HttpLimits;
import dev.dwata.gateway.ws.WsLimits;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// C7 to C12 for the stream of events over HTTP.
@Timeout(60)
class EventsOverHttpTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        start(WsLimits.DEFAULT, HttpLimits.DEFAULT);
    }

    private void start(WsLimits limits, HttpLimits http) {
        gateway = TestGateway.with(model, limits, http, SqliteStore.open(directory.resolve("db.sqlite3")));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    /// message, two tokens, turn, final
    private String sessionOfOneRun() {
        model.says("One ", "two.");
        Client client = gateway.client();
        String session =
                client.call("agent", "message", "Count").get("sessionId").stringValue();
        client.event("final");
        return session;
    }

    @Test
    void replaysTheLogThenSaysSoThenGoesOnLive() {
        String session = sessionOfOneRun();
        try (Sse sse = Sse.open(gateway, session, "")) {
            List<Sse.Event> replay = sse.to("synced");
            assertThat(replay)
                    .extracting(Sse.Event::name)
                    .containsExactly("message", "token", "token", "turn", "final", "synced");
            assertThat(Sse.ids(replay)).isEqualTo(ReplayTest.range(1, 5));
            assertThat(replay.getLast().json())
                    .isEqualTo(Json.MAPPER.readTree("{\"sessionId\":\"" + session + "\",\"headSeq\":5}"));

            model.says("Three.");
            gateway.client().call("agent", "sessionId", session, "message", "On");
            assertThat(Sse.ids(sse.to("final"))).isEqualTo(ReplayTest.range(6, 9));
        }
    }

    /// C8: full replay, the rest, nothing
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 5})
    void goesOnAfterTheCursorOfTheHeaderOrTheQuery(long after) {
        String session = sessionOfOneRun();
        List<Long> rest = ReplayTest.range(after + 1, 5);
        try (Sse byHeader = Sse.open(gateway, session, "", "Last-Event-ID", "" + after);
                Sse byQuery = Sse.open(gateway, session, "?afterSeq=" + after);
                Sse byBoth = Sse.open(gateway, session, "?afterSeq=2", "Last-Event-ID", "" + after)) {
            assertThat(Sse.ids(byHeader.to("synced"))).isEqualTo(rest);
            assertThat(Sse.ids(byQuery.to("synced"))).isEqualTo(rest);
            assertThat(Sse.ids(byBoth.to("synced"))).isEqualTo(rest);
        }
    }

    /// C8
    @ParameterizedTest
    @CsvSource({
        "6,                   409, CONFLICT",
        "-1,                  400, INVALID_REQUEST",
        "1.5,                 400, INVALID_REQUEST",
        "'',                  400, INVALID_REQUEST",
        "x,                   400, INVALID_REQUEST",
        "9223372036854775807, 409, CONFLICT",
        "9223372036854775808, 400, INVALID_REQUEST"
    })
    void refusesACursorThatCannotBeRight(String cursor, int status, String code) {
        String session = sessionOfOneRun();

        String answer = Sse.refused(gateway, session, "?afterSeq=" + cursor);

        assertThat(answer).startsWith(status + " ");
        JsonNode error = Json.MAPPER.readTree(answer.substring(4));
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("details").path("headSeq").asLong(-1)).isEqualTo(status == 409 ? 5 : -1);
    }

    /// C8
    @Test
    void anothersSessionIsAsUnknownAsOneThatIsNot() {
        String others = gateway.store
                .sessions()
                .create(new Principal("somebody@else"), NewSession.PLAIN)
                .id()
                .value();
        String none = SessionId.create().value();

        String refusal = Sse.refused(gateway, others, "?afterSeq=99");

        assertThat(refusal)
                .startsWith("404 ")
                .isEqualTo(Sse.refused(gateway, none, "").replace(none, others));
        assertThat(Sse.refused(gateway, "nonsense", "")).startsWith("400 ");
    }

    /// C11
    @Test
    void whateverTheModelSaysDoesNotBreakTheFraming() {
        List<String> said = List.of(
                "a\n\nb",
                "\r",
                "\r\n",
                "data: x\n\ndata: y\n\n",
                "event: final\nid: 99\n\n",
                "\u2028\u2029\u0085",
                ": comment\n",
                "\uD83D\uDE80",
                "\u0000end\u001b[0m",
                "retry: 1\n");
        model.says(said.toArray(String[]::new));
        Client client = gateway.client();
        String session = client.call("agent", "message", "data: \n\n\r U+2028 \u2028")
                .get("sessionId")
                .stringValue();
        List<JsonNode> overWebSocket = client.eventsTo("final").stream()
                .filter(event -> event.has("seq"))
                .toList();

        try (Sse sse = Sse.open(gateway, session, "")) {
            List<Sse.Event> events = sse.to("synced");

            assertThat(events).extracting(Sse.Event::name).doesNotContain("nonsense", "comment");
            assertThat(Sse.ids(events)).isEqualTo(ReplayTest.range(1, said.size() + 3));
            assertThat(events.stream()
                            .filter(event -> event.name().equals("token"))
                            .map(event -> event.json().get("content").stringValue()))
                    .isEqualTo(overWebSocket.stream()
                            .filter(event -> event.get("event").stringValue().equals("token"))
                            .map(event -> event.get("payload").get("content").stringValue())
                            .toList());
        }
    }

    /// C10
    @Test
    void theSameRunIsTheSameOnEveryDoor() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.thinks("Hm.").says("Hello ").waits(gate).says("you \uD83D\uDE80", "\n\n!"));
        Client socket = gateway.client();
        String session = socket.call("sessions.new").get("sessionId").stringValue();
        try (Sse live = Sse.open(gateway, session, "")) {
            live.to("synced");
            socket.call("agent", "sessionId", session, "message", "Hi");
            List<Sse.Event> streamed = new ArrayList<>(live.to("token"));
            gate.open();
            streamed.addAll(live.to("final"));
            List<JsonNode> overWebSocket = socket.eventsTo("final");
            try (Sse again = Sse.open(gateway, session, "", "Last-Event-ID", "0");
                    HttpClient http = HttpClient.newHttpClient()) {
                assertThat(entries(streamed)).isEqualTo(entries(again.to("synced")));
                assertThat(entries(streamed))
                        .isEqualTo(overWebSocket.stream()
                                .filter(event -> event.has("seq"))
                                .map(event -> event.get("seq") + " "
                                        + event.get("event").stringValue() + " "
                                        + event.get("payload")
                                                .toString()
                                                .replace("\"fromSelf\":true", "\"fromSelf\":false"))
                                .toList());
                JsonNode stream = Json.MAPPER.readTree(http.send(
                                HttpRequest.newBuilder(URI.create(
                                                gateway.gateway.url() + "/v1/stream/ai-chat/" + session + "?offset=-1"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
                assertThat(stream.values())
                        .extracting(entry ->
                                entry.get("seq") + " " + entry.get("event").stringValue() + " " + entry.get("payload"))
                        .isEqualTo(entries(streamed));
                JsonNode history = Json.MAPPER.readTree(http.send(
                                HttpRequest.newBuilder(URI.create(
                                                gateway.gateway.url() + "/api/v1/sessions/" + session + "/messages"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
                assertThat(history.get("messages").values())
                        .extracting(message -> message.get("content").stringValue())
                        .containsExactly("Hi", text(streamed));
                assertThat(history).isEqualTo(socket.call("sessions.history", "sessionId", session));
            }
        }
    }

    private static List<String> entries(List<Sse.Event> events) {
        return events.stream()
                .filter(event -> event.id() != null)
                .map(event -> event.id() + " " + event.name() + " " + event.json())
                .toList();
    }

    private static String text(List<Sse.Event> events) {
        return String.join(
                "",
                events.stream()
                        .filter(event -> event.name().equals("token"))
                        .map(event -> event.json().get("content").stringValue())
                        .toList());
    }

    /// C12
    @Test
    void goesOnAfterARestartOfTheGateway() {
        String session = sessionOfOneRun();
        try (Sse sse = Sse.open(gateway, session, "")) {
            sse.to("synced");
            gateway.close();
            assertThat(sse.to("over")).extracting(Sse.Event::name).containsExactly("gateway.draining", "over");
        }
        start();
        model.says("Three.");
        try (Sse sse = Sse.open(gateway, session, "", "Last-Event-ID", "5")) {
            assertThat(Sse.ids(sse.to("synced"))).isEmpty();
            gateway.client().call("agent", "sessionId", session, "message", "On");
            assertThat(Sse.ids(sse.to("final"))).isEqualTo(ReplayTest.range(6, 9));
        }
    }

    @Test
    void aQuietStreamStaysOpenAndOneOfADeletedSessionEnds() {
        gateway.close();
        start(
                WsLimits.builder().connectWithin(SHORT).build(),
                new HttpLimits(SHORT.multipliedBy(3), Duration.ofSeconds(20), 8));
        String session = sessionOfOneRun();
        try (Sse sse = Sse.open(gateway, session, "?afterSeq=5")) {
            sse.to("synced");
            for (int i = 0; i < 4; i++) {
                assertThat(sse.next().name()).isEqualTo("comment");
            }
            gateway.store.sessions().purge(Principal.LOCAL, new SessionId(session));
            assertThat(sse.to("over")).extracting(Sse.Event::name).doesNotContain("final");
        }
    }

    @Test
    void onlySoManyFollowAtOnce() {
        gateway.close();
        start(WsLimits.DEFAULT, new HttpLimits(SHORT, Duration.ofSeconds(20), 2));
        String session = sessionOfOneRun();
        try (Sse first = Sse.open(gateway, session, "")) {
            try (Sse second = Sse.open(gateway, session, "")) {
                first.to("synced");
                second.to("synced");
                assertThat(Sse.refused(gateway, session, "")).startsWith("429 ");
            }
            TestGateway.eventually("the place of one that has gone is free", () -> {
                try (Sse third = Sse.open(gateway, session, "")) {
                    return !third.to("synced").isEmpty();
                } catch (AssertionError e) {
                    return false;
                }
            });
        }
    }

    /// C1, C2, C7
    @Test
    void aClientThatDoesNotReadHarmsNobodyAndComesBackForTheRest() throws Exception {
        gateway.close();
        start(WsLimits.DEFAULT, new HttpLimits(SHORT, Duration.ofSeconds(20), 2));
        SessionId session = gateway.runtime.createSession().id();
        RawSocket stuck = gateway.raw();
        assertThat(RawSocket.status(stuck.request(List.of(
                        "GET /api/v1/sessions/" + session + "/events HTTP/1.1", "Host: 127.0.0.1:" + gateway.port()))))
                .isEqualTo(200);
        String page = "x".repeat(50_000);
        try (Sse healthy = Sse.open(gateway, session.value(), "")) {
            for (int i = 0; i < 600; i++) {
                gateway.store.log().append(session, null, new ErrorReported(new AgentError.ToolFailed(i + page)));
            }
            List<Long> seen = new ArrayList<>();
            while (seen.size() < 600) {
                Sse.Event next = healthy.next();
                if (next.id() != null) {
                    seen.add(next.id());
                }
            }
            assertThat(seen).isEqualTo(ReplayTest.range(1, 600));
        }
        try (Sse back = whenThereIsRoom(session, "590");
                Sse other = whenThereIsRoom(session, "600")) { // because the stuck one was dropped
            assertThat(Sse.ids(back.to("synced"))).isEqualTo(ReplayTest.range(591, 600));
            assertThat(Sse.ids(other.to("synced"))).isEmpty();
        }
    }

    private Sse whenThereIsRoom(SessionId session, String lastEventId) {
        AtomicReference<Sse> opened = new AtomicReference<>();
        TestGateway.eventually("there is room for another", () -> {
            try {
                opened.set(Sse.open(gateway, session.value(), "", "Last-Event-ID", lastEventId));
                return true;
            } catch (AssertionError e) {
                return false;
            }
        });
        return opened.get();
    }
}
