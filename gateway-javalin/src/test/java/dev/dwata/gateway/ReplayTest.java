package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// C7, C8: what follows from a cursor.
class ReplayTest {
    final ScriptedModel model = new ScriptedModel();
    TestGateway gateway;

    Store newStore() {
        return new InMemoryStore();
    }

    @BeforeEach
    void start() {
        gateway = TestGateway.with(model, newStore());
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    static List<Long> seqs(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.has("seq"))
                .map(event -> event.get("seq").longValue())
                .toList();
    }

    static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    String sessionOfOneRun() {
        model.says("One ", "two.");
        Client client = gateway.client("clientId", "author");
        String session =
                client.call("agent", "message", "Count").get("sessionId").stringValue();
        client.event("final");
        client.close();
        return session;
    }

    private void write(SessionId session, int count) {
        SessionLog log = gateway.store.log();
        for (int i = 0; i < count; i++) {
            try {
                log.append(session, null, new ErrorReported(new AgentError.ToolFailed("entry " + i)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void writeAndStore(SessionId session, int count) {
        long head = gateway.store.log().headSeq(session) + count;
        write(session, count);
        TestGateway.eventually("all is stored", () -> gateway.store.log().headSeq(session) == head);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 5})
    void replaysWhatCameAfterTheCursorAndThenOneMark(long afterSeq) {
        String session = sessionOfOneRun();
        Client client = gateway.client("sessionId", session, "afterSeq", afterSeq);

        List<JsonNode> replay = client.eventsTo("synced");
        client.settle();

        assertThat(seqs(replay)).isEqualTo(range(afterSeq + 1, 5));
        assertThat(replay.getLast().at("/payload/headSeq").longValue()).isEqualTo(5);
        assertThat(replay.getLast().has("seq")).isFalse();
        assertThat(client.allEvents())
                .filteredOn(event -> Client.name(event).equals("synced"))
                .hasSize(1);
    }

    @Test
    void replaysNothingWithoutACursor() {
        String session = sessionOfOneRun();
        Client client = gateway.client();

        JsonNode payload = client.call("sessions.attach", "sessionId", session);

        assertThat(payload.get("headSeq").longValue()).isEqualTo(5);
        assertThat(client.event("synced").at("/payload/headSeq").longValue()).isEqualTo(5);
        assertThat(seqs(client.allEvents())).isEmpty();
    }

    @Test
    void refusesACursorThatCannotBe() {
        String session = sessionOfOneRun();
        Client client = gateway.client();

        for (String method : List.of("sessions.attach", "sessions.switch")) {
            JsonNode negative = client.refused(method, "sessionId", session, "afterSeq", -1);
            assertThat(negative.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
            assertThat(negative.get("error").stringValue()).isEqualTo("afterSeq must be 0 or more, not -1");
            JsonNode ahead = client.refused(method, "sessionId", session, "afterSeq", 6);
            assertThat(ahead.get("code").stringValue()).isEqualTo("CONFLICT");
            assertThat(ahead.at("/details/headSeq").longValue()).isEqualTo(5);
            JsonNode huge = client.refused(method, "sessionId", session, "afterSeq", Double.valueOf(0x1p63));
            assertThat(huge.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
        }
        client.settle();
        assertThat(client.allEvents()).isEmpty();
        Client connecting = gateway.open();
        JsonNode refused =
                connecting.refused("connect", "version", "1", "clientType", "web", "sessionId", session, "afterSeq", 6);
        assertThat(refused.at("/details/headSeq").longValue()).isEqualTo(5);
        assertThat(connecting.awaitClose()).isEqualTo(4400);
    }

    /// A client knows its own messages by its client id.
    @Test
    void tellsTheAuthorOfAReplayedMessage() {
        String session = sessionOfOneRun();

        Client author = gateway.client("clientId", "author", "sessionId", session, "afterSeq", 0);
        Client reader = gateway.client("clientId", "reader", "sessionId", session, "afterSeq", 0);

        assertThat(author.event("message").at("/payload/fromSelf").booleanValue())
                .isTrue();
        assertThat(reader.event("message").at("/payload/fromSelf").booleanValue())
                .isFalse();
    }

    @Test
    void replaysAgainWhenItIsAskedAgain() {
        String session = sessionOfOneRun();
        Client client = gateway.client("sessionId", session, "afterSeq", 3);
        assertThat(seqs(client.eventsTo("synced"))).isEqualTo(range(4, 5));

        client.call("sessions.attach", "sessionId", session, "afterSeq", 1);
        assertThat(seqs(client.eventsTo("synced"))).isEqualTo(range(2, 5));
        client.call("sessions.attach", "sessionId", session);
        assertThat(seqs(client.eventsTo("synced"))).isEmpty();
        model.says("More.");
        client.call("agent", "message", "More");

        assertThat(seqs(client.eventsTo("final"))).isEqualTo(range(6, 9));
    }

    /// Long replays go in pages, and an outbox that is smaller than the log is no limit.
    @Test
    void replaysALogThatIsLongerThanTheOutbox() {
        SessionId session = new SessionId(sessionOfOneRun());
        writeAndStore(session, 5_000);

        Client client = gateway.client("sessionId", session, "afterSeq", 0);

        assertThat(seqs(client.eventsTo("synced"))).isEqualTo(range(1, 5_005));
    }

    /// Everyone gets everything once while several writers write: those who follow live, those who join with a
    /// replay in the middle, and those who join without.
    @Test
    void hasNoGapAndNoDuplicateBetweenReplayAndLive() throws Exception {
        SessionId session = new SessionId(sessionOfOneRun());
        Client early = gateway.client("sessionId", session);
        early.event("synced");
        int writers = 4;
        int each = 1_500;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofVirtual().start(() -> write(session, each)));
        }
        List<Client> joined = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Client client = i % 2 == 0
                    ? gateway.client("sessionId", session, "afterSeq", 0)
                    : gateway.client("batch", i % 3 == 0);
            if (i % 2 == 1) {
                client.call("sessions.attach", "sessionId", session, "afterSeq", 5);
            }
            joined.add(client);
        }
        Client withoutCursor = gateway.client("sessionId", session);
        for (Thread thread : threads) {
            thread.join();
        }
        long head = 5 + writers * (long) each;

        for (int i = 0; i < joined.size(); i++) {
            assertThat(toHead(joined.get(i), head)).isEqualTo(range(i % 2 == 0 ? 1 : 6, head));
            assertThat(joined.get(i).allEvents())
                    .filteredOn(event -> Client.name(event).equals("synced"))
                    .hasSize(1);
        }
        assertThat(toHead(early, head)).isEqualTo(range(6, head));
        List<Long> late = seqs(withoutCursor.allEvents());
        assertThat(late).isEqualTo(range(head - late.size() + 1, head));
    }

    private static List<Long> toHead(Client client, long head) {
        client.frame(frame -> frame.path("seq").asLong(0) == head);
        return seqs(client.allEvents());
    }

    /// C7: 200 connections in the course of a run, each cut at a random moment
    @Test
    void reassemblesARunOverManyReconnects() {
        List<Gate> gates = Stream.generate(Gate::new).limit(200).toList();
        model.turn(t -> gates.forEach(gate -> {
            t.waits(gate);
            for (int i = 0; i < 10; i++) {
                t.says("word ");
            }
        }));
        Client asking = gateway.client();
        String session =
                asking.call("agent", "message", "Talk").get("sessionId").stringValue();
        Random random = new Random(7);
        Map<Long, String> seen = new TreeMap<>();
        long cursor = 0;

        for (int i = 0; i < gates.size(); i++) {
            Client client = gateway.client("sessionId", session, "afterSeq", cursor);
            gates.get(i).open();
            long enough = Math.min(cursor + random.nextInt(20), 1 + 10L * (i + 1));
            client.eventsTo(event ->
                    event.path("seq").asLong(0) >= enough || Client.name(event).equals("synced"));
            if (cursor < enough) {
                client.frame(frame -> frame.path("seq").asLong(0) >= enough);
            }
            client.close();
            cursor = collect(client, seen, cursor);
        }
        Client last = gateway.client("sessionId", session, "afterSeq", cursor);
        if (cursor < 2_003) {
            last.event("final");
        }
        collect(last, seen, cursor);

        assertThat(List.copyOf(seen.keySet())).isEqualTo(range(1, 2_003));
        asking.event("final");
        assertThat(asking.allEvents().stream()
                        .filter(event -> event.path("seq").asLong(0) > 1)
                        .map(JsonNode::toString)
                        .toList())
                .isEqualTo(seen.values().stream().skip(1).toList());
    }

    private static long collect(Client client, Map<Long, String> seen, long cursor) {
        long last = cursor;
        for (JsonNode event : client.allEvents()) {
            if (event.has("seq")) {
                assertThat(event.get("seq").longValue()).isEqualTo(last + 1);
                last++;
                assertThat(seen.put(last, event.toString())).isNull();
            }
        }
        return last;
    }

    /// Several events as one message, for those who asked for it
    @Test
    void mergesEventsForThoseWhoWantIt() {
        SessionId session = new SessionId(sessionOfOneRun());
        writeAndStore(session, 2_000);
        Client merging = gateway.client("batch", true, "sessionId", session, "afterSeq", 0);
        Client plain = gateway.client("sessionId", session, "afterSeq", 0);

        assertThat(seqs(merging.eventsTo("synced"))).isEqualTo(range(1, 2_005));
        assertThat(seqs(plain.eventsTo("synced"))).isEqualTo(range(1, 2_005));

        assertThat(merging.allMessages()).anyMatch(message -> message.startsWith("["));
        assertThat(merging.allMessages().size()).isLessThan(1_000);
        assertThat(merging.call("status").has("gateway")).isTrue();
        assertThat(merging.allMessages()).noneMatch(message -> message.startsWith("[") && message.contains("\"res\""));
        assertThat(plain.allMessages()).noneMatch(message -> message.startsWith("["));
    }
}
