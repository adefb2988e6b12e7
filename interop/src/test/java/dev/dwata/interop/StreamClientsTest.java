package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Clients of durable streams, as they are published: S3-45, S3-46, S3-52 and the document sync of S3-78,
/// S3-84, S3-85.
@Timeout(180)
class StreamClientsTest {
    @TempDir
    Path folder;

    private static List<String> values(JsonNode array, String field) {
        return array.valueStream().map(one -> one.path(field).asString()).toList();
    }

    @Test
    void aClientReadsASessionsLogWhileItGrowsAndKeepsAStreamOfItsOwn() throws Exception {
        ScriptedModel model = new ScriptedModel().says("One.").says("Two.");
        try (StreamGateway gateway = StreamGateway.start(folder, 0, model)) {
            Session session = gateway.runtime().createSession(NewSession.PLAIN);
            session.prompt("First").await();
            try (NodeScript client = NodeScript.start(
                    folder,
                    Map.of(),
                    "src/test/js/streams-client.mjs",
                    gateway.url(),
                    session.id().value())) {
                client.awaitError("reading");
                session.prompt("Second").await();
                JsonNode seen = client.answer();

                JsonNode events = seen.path("events");
                int head = Math.toIntExact(gateway.store().log().headSeq(session.id()));
                assertThat(events.valueStream().map(one -> one.path("seq").asInt(0)))
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, head).boxed().toList());
                assertThat(values(events, "event")).startsWith("message").endsWith("final");
                assertThat(seen.path("numbers").valueStream().map(JsonNode::asInt))
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, 200).boxed().toList());
                assertThat(seen.path("refused").asInt(0)).isEqualTo(403);
                assertThat(client.end(Duration.ofSeconds(20))).isZero();
            }
        }
    }

    @Test
    void twoDocumentsAreKeptInSyncAlsoAfterARestart() throws Exception {
        StreamGateway gateway = StreamGateway.start(folder, 0, new ScriptedModel());
        int port = gateway.gateway().port();
        try (NodeScript clients = NodeScript.start(folder, Map.of(), "src/test/js/yjs.mjs", gateway.url())) {
            assertThat(clients.answer().path("ready").asBoolean(false)).isTrue();
            clients.say("write 1");
            String before = clients.answer().path("text").asString();
            assertThat(before).contains("a1", "b1");
            clients.say("see");
            assertThat(clients.answer().path("seen").asBoolean(false)).isTrue();

            gateway.close();
            gateway = StreamGateway.start(folder, port, new ScriptedModel());

            clients.say("write 2");
            String after = clients.answer().path("text").asString();
            assertThat(after).contains("a1", "b1", "a2", "b2");
            clients.say("late");
            assertThat(clients.answer().path("text").asString()).isEqualTo(after);
        } finally {
            gateway.close();
        }
    }
}
