package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.remote.GatewayAddress;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.Truncated;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// C9: a cursor inside an entry that deltas were merged into, on every door.
@Timeout(60)
class TruncatedTest {
    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private TestGateway gateway;
    private String session;

    /// message 1, tokens 2 to 4 merged, turn 5, final 6
    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.with(model, SqliteStore.open(directory.resolve("db.sqlite3")));
        model.says("One ", "two ", "three.");
        Client client = gateway.client();
        session = client.call("agent", "message", "Count").get("sessionId").stringValue();
        client.event("final");
        assertThat(gateway.store.log().compact(Instant.now().plusSeconds(60), 10))
                .isEqualTo(1);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private void assertTruncated(List<JsonNode> events) {
        assertThat(events)
                .extracting(event -> event.path("event").asString(""))
                .containsExactly("truncated", "token", "turn", "final", "synced");
        JsonNode truncated = events.getFirst();
        assertThat(truncated.has("seq")).isFalse();
        assertSnapshot(truncated.get("payload"));
        JsonNode merged = events.get(1);
        assertThat(merged.get("firstSeq").longValue()).isEqualTo(2);
        assertThat(merged.get("seq").longValue()).isEqualTo(4);
        assertThat(merged.get("payload").get("content").stringValue()).isEqualTo("One two three.");
        assertThat(events.get(2).has("firstSeq")).isFalse();
    }

    private void assertSnapshot(JsonNode truncated) {
        assertThat(truncated.get("sessionId").stringValue()).isEqualTo(session);
        assertThat(truncated.get("fromSeq").longValue()).isEqualTo(2);
        assertThat(truncated.get("snapshot").get("headSeq").longValue()).isEqualTo(6);
        assertThat(truncated.get("snapshot").get("messages"))
                .isEqualTo(gateway.client()
                        .call("sessions.history", "sessionId", session)
                        .get("messages"));
    }

    private static List<JsonNode> toSynced(Client client) {
        return client.eventsTo("synced").stream()
                .filter(event -> !event.path("event").asString("").equals("presence"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void isSaidOverTheWebSocketHoweverTheSessionIsEntered(long after) {
        assertTruncated(toSynced(gateway.client("sessionId", session, "afterSeq", after)));
        for (String method : List.of("sessions.attach", "sessions.switch")) {
            Client client = gateway.client();
            client.call(method, "sessionId", session, "afterSeq", after);
            assertTruncated(toSynced(client));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 5, 6})
    void isNotSaidWhereNothingIsCut(long after) {
        List<JsonNode> events = toSynced(gateway.client("sessionId", session, "afterSeq", after));
        try (Sse sse = Sse.open(gateway, session, "?afterSeq=" + after)) {
            List<Long> expected = new ArrayList<>(List.of(1L, 4L, 5L, 6L));
            expected.removeIf(seq -> seq <= after);
            assertThat(ReplayTest.seqs(events)).isEqualTo(expected);
            assertThat(Sse.ids(sse.to("synced"))).isEqualTo(expected);
        }
        assertThat(events).extracting(event -> event.path("event").asString("")).doesNotContain("truncated");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void isSaidInAStreamOverHttp(long after) {
        try (Sse sse = Sse.open(gateway, session, "", "Last-Event-ID", "" + after)) {
            List<Sse.Event> events = sse.to("synced");

            assertThat(events)
                    .extracting(Sse.Event::name)
                    .containsExactly("truncated", "token", "turn", "final", "synced");
            assertThat(Sse.ids(events)).containsExactly(4L, 5L, 6L);
            assertSnapshot(events.getFirst().json());
            assertThat(events.get(1).json().get("firstSeq").longValue()).isEqualTo(2);
            assertThat(events.get(1).json().get("content").stringValue()).isEqualTo("One two three.");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void isSaidInThisProcessAndByARuntimeOfTheGateway(long after) throws Exception {
        try (RemoteRuntime remote = RemoteRuntime.connect(
                        GatewayAddress.of(gateway.gateway.url().toString(), ClientType.RUNTIME));
                EventStream here =
                        gateway.runtime.session(new SessionId(session)).events(after);
                EventStream there = remote.session(new SessionId(session)).events(after);
                EventStream atHead = remote.session(new SessionId(session)).events(6);
                EventStream again = remote.session(new SessionId(session)).events(after)) {
            List<Envelope> seen = toTheEnd(here);
            assertThat(seen)
                    .extracting(Envelope::firstSeq, Envelope::seq)
                    .containsExactly(tuple(0L, 0L), tuple(2L, 4L), tuple(5L, 5L), tuple(6L, 6L));
            assertThat(seen.getFirst().event())
                    .isInstanceOfSatisfying(
                            Truncated.class, said -> assertThat(said.fromSeq()).isEqualTo(2));
            assertThat(seen.get(1).event()).isEqualTo(new Token("One two three.", 1));
            assertThat(events(toTheEnd(there))).isEqualTo(events(seen));
            assertThat(events(toTheEnd(again))).isEqualTo(events(seen));
            assertThat(atHead.next(Duration.ofMillis(200)))
                    .as("told to the others only")
                    .isNull();
        }
    }

    /// C9: merged while a reader is in the middle
    @Test
    void isSaidToAReaderInTheMiddleOfWhatIsMerged() throws Exception {
        StringBuilder said = new StringBuilder();
        String[] words = new String[200];
        for (int i = 0; i < words.length; i++) {
            words[i] = "word " + i + " ";
            said.append(words[i]);
        }
        model.says(words);
        try (EventStream stream =
                gateway.runtime.session(new SessionId(session)).events(6)) {
            gateway.client().call("agent", "sessionId", session, "message", "More");
            toTheEnd(stream);
        }
        try (EventStream stream =
                gateway.runtime.session(new SessionId(session)).events(6)) {
            List<Envelope> first = List.of(next(stream), next(stream), next(stream));
            gateway.store.log().compact(Instant.now().plusSeconds(60), 10);

            StringBuilder text = new StringBuilder();
            first.forEach(envelope -> append(text, envelope));
            long start = first.getFirst().seq();
            for (Envelope envelope : toTheEnd(stream)) {
                if (envelope.event() instanceof Truncated truncated) {
                    assertThat(truncated.fromSeq()).isEqualTo(start + 1);
                    text.setLength(0);
                }
                append(text, envelope);
            }
            assertThat(text).hasToString(said.toString());
        }
    }

    private static void append(StringBuilder text, Envelope envelope) {
        if (envelope.event() instanceof Token token) {
            text.append(token.content());
        }
    }

    private static Envelope next(EventStream stream) throws InterruptedException {
        Envelope next = stream.next(Duration.ofSeconds(20));
        assertThat(next).isNotNull();
        return next;
    }

    private static List<Envelope> toTheEnd(EventStream stream) throws InterruptedException {
        List<Envelope> all = new ArrayList<>();
        do {
            all.add(next(stream));
        } while (!(all.getLast().event() instanceof RunCompleted));
        return all;
    }

    /// As text, because JSON that came over a wire has other kinds of numbers.
    private static List<String> events(List<Envelope> envelopes) {
        return envelopes.stream().map(envelope -> envelope.event().toString()).toList();
    }
}
