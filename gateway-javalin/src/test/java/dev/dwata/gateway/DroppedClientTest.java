package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// C7: a connection that is cut at any byte, again and again, costs the client nothing but time.
@Timeout(120)
class DroppedClientTest {
    private static final int DROPS = 100;
    private static final int WORDS_PER_DROP = 50;
    private static final long ENTRIES = 1 + (long) DROPS * WORDS_PER_DROP + 2; // the message, the turn, the end
    private static final long SEED = Long.getLong("dwata.seed", 20_261_121);

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final TreeMap<Long, String> seen = new TreeMap<>();
    private int cutInTheMiddle;

    @Test
    void reassemblesARunOfFiveThousandEventsOverAHundredDrops() {
        List<Gate> gates = Stream.generate(Gate::new).limit(DROPS).toList();
        try (TestGateway gateway =
                TestGateway.with(talkative(gates), SqliteStore.open(directory.resolve("db.sqlite3")))) {
            String session = gateway.client("clientId", "one")
                    .call("agent", "message", "Talk")
                    .get("sessionId")
                    .stringValue();
            for (int i = 0; i < DROPS; i++) {
                Client client = gateway.client("clientId", "one", "sessionId", session, "afterSeq", cursor());
                gates.get(i).open();
                LockSupport.parkNanos(random.nextInt(6_000_000));
                client.close();
                client.awaitClose();
                keep(client);
                cutInTheMiddle += cursor() < 1 + (i + 1L) * WORDS_PER_DROP ? 1 : 0;
            }
            Client last = gateway.client("clientId", "one", "sessionId", session, "afterSeq", cursor());
            last.frame(frame -> frame.path("seq").asLong(0) == ENTRIES
                    || (Client.name(frame).equals("synced") && cursor() == ENTRIES));
            keep(last);

            assertThat(List.copyOf(seen.keySet()))
                    .as("seed %s", SEED)
                    .isEqualTo(LongStream.rangeClosed(1, ENTRIES).boxed().toList());
            assertThat(seen).as("seed %s", SEED).isEqualTo(replay(gateway, session));
            assertThat(cutInTheMiddle).as("drops with words under way").isGreaterThan(DROPS / 10);
        }
    }

    private static ScriptedModel talkative(List<Gate> gates) {
        return new ScriptedModel()
                .turn(turn -> IntStream.range(0, DROPS)
                        .forEach(i -> turn.waits(gates.get(i))
                                .says(IntStream.range(0, WORDS_PER_DROP)
                                        .mapToObj(word -> "word " + i + "." + word + " ")
                                        .toArray(String[]::new))));
    }

    private long cursor() {
        return seen.isEmpty() ? 0 : seen.lastKey();
    }

    /// Takes over what the client got, which must go on where the one before was cut off.
    private void keep(Client client) {
        for (String message : client.allMessages()) {
            long seq = seq(message);
            if (seq > 0) {
                assertThat(seq).as("seed %s: the next entry", SEED).isEqualTo(cursor() + 1);
                seen.put(seq, message);
            }
        }
    }

    private static Map<Long, String> replay(TestGateway gateway, String session) {
        Client reader = gateway.client("clientId", "one", "sessionId", session, "afterSeq", 0);
        reader.eventsTo("synced");
        Map<Long, String> all = new TreeMap<>();
        reader.allMessages().stream()
                .filter(message -> seq(message) > 0)
                .forEach(message -> assertThat(all.put(seq(message), message)).isNull());
        return all;
    }

    private static long seq(String message) {
        JsonNode frame = Json.MAPPER.readTree(message);
        return frame.path("seq").asLong(0);
    }
}
