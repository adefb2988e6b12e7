package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.AgentException;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether a change of the audit shows. P12
class AuditTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void callTools() throws Exception {
        database = folder.resolve("db.sqlite3");
        try (Store store = SqliteStore.open(database)) {
            for (int i = 1; i <= 5; i++) {
                call(store, "call_" + i);
            }
        }
    }

    private static void call(Store store, String call) throws InterruptedException {
        SessionId session =
                store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
        RunId run =
                store.log().admit(Fixtures.admission(session, "Read it")).run().id();
        store.log().append(session, run, Events.called(call));
        store.log().append(session, run, Events.returned(call));
        store.log().append(session, run, Events.completed("read"));
    }

    private List<String> problems() {
        return new Maintenance(database).verify().problems();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    UPDATE audit SET principal = 'eve' WHERE id = 2; entry 2
                    UPDATE audit SET what = 'allow' WHERE id = 5; entry 5
                    UPDATE audit SET session = 'nowhere' WHERE id = 4; entry 4
                    UPDATE audit SET hash = NULL WHERE id = 3; entry 3
                    UPDATE audit SET hash = NULL WHERE id <= 3; entry 4
                    DELETE FROM audit WHERE id = 3; entry 4
                    DELETE FROM audit WHERE id = 1; entry 2
                    """)
    void aChangeIsNamedOnceAndByTheFirstEntryThatItShowsAt(String change, String entry) throws Exception {
        assertThat(problems()).isEmpty();

        Sql.run(database, change);

        assertThat(problems())
                .containsExactly(entry + " of the audit is not as it was written, or one before it is missing");
    }

    @Test
    void anEndThatIsCutOffShows() throws Exception {
        Sql.run(database, "DELETE FROM audit WHERE id >= 4");

        assertThat(problems()).containsExactly("the audit ends with entry 3 and has had 5 entries");
    }

    @Test
    void storesOfOneDatabaseWriteOneChain() throws Exception {
        try (Store one = SqliteStore.open(database);
                Store two = SqliteStore.open(database)) {
            for (int i = 0; i < 3; i++) {
                call(one, "one_" + i);
                call(two, "two_" + i);
            }
            assertThat(two.audit().latest(Principal.LOCAL, 4))
                    .extracting(AuditEntry::number, AuditEntry::toolCallId)
                    .containsExactly(tuple(11L, "two_2"), tuple(10L, "one_2"), tuple(9L, "two_1"), tuple(8L, "one_1"));
        }

        assertThat(problems()).isEmpty();
    }

    @Test
    void aRefusedEventLeavesNoLineBehind() throws Exception {
        try (Store store = SqliteStore.open(database)) {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            RunId run = store.log()
                    .admit(Fixtures.admission(session, "Write it"))
                    .run()
                    .id();
            store.log().append(session, run, Events.decided("call_6", Verdict.ALLOW));
            assertThatThrownBy(() -> store.log().append(session, run, Events.decided("call_6", Verdict.ALLOW)))
                    .isInstanceOf(AgentException.class);
            assertThatThrownBy(() -> store.log().append(session, run, Events.returned("call_7")))
                    .isInstanceOf(AgentException.class);
        }
        assertThat(Sql.rows(database, "SELECT tool_call_id, what FROM audit WHERE id > 5"))
                .containsExactly("call_6|allow");
    }

    @Test
    void whatIsRecoveredIsChainedAnewWhereSomethingIsLost() throws Exception {
        Sql.run(database, "DELETE FROM audit WHERE id = 3");
        Damage.overwrite(database, 0, 96);

        Recovered recovered = new Maintenance(database).recover().orElseThrow();

        assertThat(recovered.lost())
                .containsExactly("the audit: what is before entry 4 is lost, or was changed; from there on its entries"
                        + " are chained anew");
        assertThat(recovered.verification().problems()).isEmpty();
        assertThat(Sql.rows(database, "SELECT id FROM audit ORDER BY id")).containsExactly("1", "2", "4", "5");
        try (Store store = SqliteStore.open(database)) {
            call(store, "call_6");
        }
        assertThat(problems()).isEmpty();
    }
}
