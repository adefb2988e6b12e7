package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What another store appends to the same database, as another process does, is seen by all who follow.
@Timeout(60)
class OtherProcessTest {
    private static final int MANY = 300;

    @TempDir
    private Path directory;

    @Test
    void isSeenLiveInOrderAndOnceOnEveryDoor() throws Exception {
        Path database = directory.resolve("db.sqlite3");
        try (TestGateway gateway = TestGateway.with(new ScriptedModel(), SqliteStore.open(database));
                Store other = SqliteStore.open(database)) {
            SessionId session = gateway.runtime.createSession().id();
            Client client = gateway.client("sessionId", session.value(), "afterSeq", 0);
            client.event("synced");
            try (EventStream here = gateway.runtime.session(session).events(0);
                    Sse sse = Sse.open(gateway, session.value(), "")) {
                sse.to("synced");
                for (int i = 1; i <= MANY; i++) {
                    Store by = i % 3 == 0 ? gateway.store : other;
                    by.log().append(session, null, new ErrorReported(new AgentError.ToolFailed("entry " + i)));
                    if (i % 50 == 0) {
                        long head = i;
                        TestGateway.eventually(
                                "all is stored", () -> other.log().headSeq(session) == head);
                    }
                }

                List<JsonNode> overWebSocket =
                        client.eventsTo(event -> event.path("seq").asLong(0) == MANY);
                assertThat(ReplayTest.seqs(overWebSocket)).isEqualTo(ReplayTest.range(1, MANY));
                List<Long> overHttp = new ArrayList<>();
                while (overHttp.size() < MANY) {
                    overHttp.add(sse.next().id());
                }
                assertThat(overHttp).isEqualTo(ReplayTest.range(1, MANY));
                List<Long> inProcess = new ArrayList<>();
                while (inProcess.size() < MANY) {
                    Envelope next = here.next(Duration.ofSeconds(20));
                    assertThat(next).isNotNull();
                    inProcess.add(next.seq());
                }
                assertThat(inProcess).isEqualTo(ReplayTest.range(1, MANY));
            }
        }
    }
}
