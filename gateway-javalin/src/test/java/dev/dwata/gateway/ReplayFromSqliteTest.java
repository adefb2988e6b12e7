package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Store;
import dev.dwata.persistence.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFromSqliteTest extends ReplayTest {
    @TempDir
    private Path directory;

    @Override
    Store newStore() {
        return SqliteStore.open(directory.resolve("db.sqlite3"));
    }

    /// C12
    @Test
    void goesOnAfterARestart() {
        String session = sessionOfOneRun();
        gateway.close();
        start();
        model.says("Three.");
        Client client = gateway.client("sessionId", session, "afterSeq", 3, "clientId", "author");
        assertThat(seqs(client.eventsTo("synced"))).isEqualTo(range(4, 5));

        client.call("agent", "message", "On");

        assertThat(seqs(client.eventsTo("final"))).isEqualTo(range(6, 9));
    }
}
