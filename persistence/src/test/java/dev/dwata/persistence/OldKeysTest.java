package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 4.3, 4.13: keys are kept for a day, and a hundred thousand of them for longer.
class OldKeysTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void begin() throws Exception {
        database = folder.resolve("db.sqlite3");
        try (SqliteStore store = SqliteStore.open(database)) {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            RunId over =
                    store.log().admit(Fixtures.admission(session, "One.")).run().id();
            store.log().append(session, over, Events.completed("One."));
            store.log().admit(Fixtures.admission(session, "Two."));
        }
        Sql.run(database, "DELETE FROM idempotency");
    }

    /// @param runs a condition
    private void used(String name, int count, int daysAgo, String runs) throws Exception {
        Sql.run(database, """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                INSERT INTO idempotency (owner, method, key, payload_digest, run_id, created_at)
                SELECT 'local', 'agent', '%s-' || i, 'd', (SELECT id FROM agent_runs WHERE %s LIMIT 1), %s + i FROM n""".formatted(count, name, runs, "(unixepoch() - 86400 * %d) * 1000".formatted(daysAgo)));
    }

    private List<String> kept() throws Exception {
        return Sql.rows(
                database,
                "SELECT substr(key, 1, instr(key, '-') - 1), count(*) FROM idempotency GROUP BY 1 ORDER BY 1");
    }

    private void open() throws Exception {
        try (SqliteStore store = SqliteStore.open(database)) {
            store.check();
            Soon.becomesTrue("there are few enough", 20, this::isTidy);
        }
    }

    private boolean isTidy() throws Exception {
        return Integer.parseInt(
                        Sql.rows(database, "SELECT count(*) FROM idempotency").getFirst())
                <= OldKeys.KEPT;
    }

    @Test
    void forgetsTheOldestOfTooMany() throws Exception {
        used("ancient", 50, 9, "ended_at IS NOT NULL");
        used("old", OldKeys.KEPT, 2, "ended_at IS NOT NULL");
        used("new", 30, 0, "ended_at IS NOT NULL");

        open();

        assertThat(kept()).isEqualTo(List.of("new|30", "old|" + (OldKeys.KEPT - 30)));
    }

    @Test
    void keepsThoseOfRunsThatGoOn() throws Exception {
        used("waiting", 50, 9, "ended_at IS NULL");
        used("old", OldKeys.KEPT, 2, "ended_at IS NOT NULL");

        open();

        assertThat(kept()).isEqualTo(List.of("old|" + (OldKeys.KEPT - 50), "waiting|50"));
    }
}
