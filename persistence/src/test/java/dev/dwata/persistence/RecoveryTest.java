package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Memory.Scope;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is saved of a database that is damaged. B6, P16
class RecoveryTest {
    private static final int SESSIONS = 5;
    private static final int TURNS = 30;
    private static final String USED = """
            SELECT scope, key, tokens, micro_usd, tool_calls, millis FROM spending
            UNION ALL SELECT day, model, calls, input_tokens, output_tokens, cost_usd FROM usage_daily ORDER BY 1, 2""";

    @TempDir
    Path folder;

    private Path database;
    private Maintenance maintenance;
    private final List<SessionId> sessions = new ArrayList<>();
    private List<String> log;

    @BeforeEach
    void fill() throws Exception {
        database = folder.resolve("db.sqlite3");
        maintenance = new Maintenance(database);
        try (Store store = SqliteStore.open(database)) {
            for (int i = 0; i < SESSIONS; i++) {
                SessionId session = store.sessions()
                        .create(Principal.LOCAL, NewSession.PLAIN)
                        .id();
                sessions.add(session);
                RunId run = store.log()
                        .admit(Fixtures.admission(session, "Count, number " + i))
                        .run()
                        .id();
                for (int turn = 1; turn <= TURNS; turn++) {
                    store.log().append(session, run, Events.answer(turn, turn + " and more ".repeat(30)));
                    store.log().append(session, run, Events.called("call_" + turn));
                    store.log().append(session, run, Events.returned("call_" + turn));
                }
                store.log().append(session, run, Events.completed("done"));
                store.log().admit(Fixtures.admission(session, "Still open"));
            }
            store.memory().set(Scope.of(Principal.LOCAL), "city", "Brno", true);
            store.memory().set(new Scope(Principal.LOCAL, sessions.get(0)), "animal", "zebra");
        }
        log = log();
    }

    private List<String> log() throws Exception {
        return Sql.rows(database, "SELECT session, seq, type, payload FROM session_log ORDER BY session, seq");
    }

    @Test
    void nothingIsDoneToAWholeDatabase() throws Exception {
        String before = Digests.of(database);

        assertThat(maintenance.recover()).isEmpty();

        assertThat(Digests.of(database)).isEqualTo(before);
    }

    @Test
    void nothingIsDoneWhileItIsInUse() throws Exception {
        try (Store store = SqliteStore.open(database)) {
            store.check();
            assertThatExceptionOfType(UnusableDataException.class)
                    .isThrownBy(() -> maintenance.recover())
                    .returns(Reason.IN_USE, UnusableDataException::reason);
        }
    }

    @Test
    void withoutTheFirstBytesEverythingElseIsSaved() throws Exception {
        Damage.overwrite(database, 0, 96);
        String damaged = Digests.of(database);

        Recovered recovered = maintenance.recover().orElseThrow();

        assertThat(recovered.lost()).isEmpty();
        assertThat(recovered.parked()).isEqualTo(SESSIONS);
        assertThat(recovered.verification().problems()).isEmpty();
        assertThat(Digests.of(recovered.keptAs())).isEqualTo(damaged);
        assertThat(log()).containsAll(log);
        try (Store store = SqliteStore.open(database)) {
            assertThat(store.memory().get(Scope.of(Principal.LOCAL), "city").map(Memory.Entry::value))
                    .hasValue("Brno");
            assertThat(store.memory().pinned(Scope.of(Principal.LOCAL), 10)).hasSize(1);
            assertThat(store.memory().search(Principal.LOCAL, sessions.get(0), "zebra", 10))
                    .extracting(Memory.Hit::scope)
                    .containsExactly(new Scope(Principal.LOCAL, sessions.get(0)));
            for (SessionId session : sessions) {
                assertThat(store.sessions()
                                .find(Principal.LOCAL, session)
                                .orElseThrow()
                                .messageCount())
                        .isEqualTo(TURNS + 2);
                assertThat(store.sessions().toolCalls(session)).hasSize(TURNS);
                assertThat(store.runs().list(session, 10))
                        .extracting(run -> run.status())
                        .containsExactly(RunStatus.INTERRUPTED, RunStatus.COMPLETED);
            }
        }
    }

    @Test
    void whatWasUsedIsKeptThoughTheEntriesThatToldOfItAreLost() throws Exception {
        List<String> used = Sql.rows(database, USED);
        Damage.overwrite(database, (leafOfTheLog() - 1) * 4096, 4096);

        assertThat(maintenance.recover()).isPresent();

        assertThat(Sql.rows(database, USED)).isEqualTo(used).hasSizeGreaterThan(SESSIONS);
    }

    private long leafOfTheLog() throws Exception {
        return Long.parseLong(Sql.rows(
                        database,
                        "SELECT pageno FROM dbstat WHERE name = 'session_log' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 4")
                .get(0));
    }

    @Test
    void whereEntriesAreLostOneStandsForThem() throws Exception {
        Damage.overwrite(database, (leafOfTheLog() - 1) * 4096, 4096);

        Recovered recovered = maintenance.recover().orElseThrow();

        assertThat(recovered.lost()).anySatisfy(line -> assertThat(line).contains("are lost"));
        assertThat(recovered.verification().problems()).isEmpty();
        assertThat(log()).hasSizeGreaterThan(log.size() - 40);
        int lost = 0;
        try (Store store = SqliteStore.open(database)) {
            for (SessionId session : sessions) {
                long last = 0;
                for (Envelope entry : store.log().read(session, 0, 1000)) {
                    assertThat(entry.follows(last)).isTrue();
                    last = entry.seq();
                    if (entry.event() instanceof AgentEvent.Unknown unknown) {
                        assertThat(unknown.name()).isEqualTo("lost");
                        assertThat(unknown.payload().path("entries").longValue())
                                .isEqualTo(entry.seq() - entry.firstSeq() + 1);
                        lost++;
                    }
                }
                assertThat(store.sessions().transcript(session).messages().stream()
                                .filter(message -> message.role() == Role.ASSISTANT))
                        .as("what the log has lost is in the messages")
                        .hasSize(TURNS);
            }
        }
        assertThat(lost).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {4096, 8192, 12_288, 40_960, 65_536, 131_072})
    void whateverIsDamagedWhatIsLeftIsWhole(long offset) throws Exception {
        Damage.overwrite(database, offset);

        Recovered recovered = maintenance.recover().orElseThrow();

        assertThat(recovered.verification().problems()).isEmpty();
        try (Store store = SqliteStore.open(database)) {
            store.check();
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            store.log().admit(Fixtures.admission(session, "It goes on"));
        }
    }

    /// Where the tables are is at the beginning of a database, and in one this small it is most of it.
    @Test
    void halfADatabaseIsBetterThanNone() throws Exception {
        try (Store store = SqliteStore.open(database)) {
            store.log().admit(Fixtures.admission(sessions.getLast(), "and more ".repeat(100_000)));
        }
        Damage.truncate(database, Files.size(database) / 2);

        Recovered recovered = maintenance.recover().orElseThrow();

        assertThat(recovered.lost()).isNotEmpty();
        assertThat(recovered.verification().problems()).isEmpty();
        assertThat(recovered.verification().counts().entries()).isPositive();
    }

    @Test
    void aRecoveryThatWasCutOffGoesOn() throws Exception {
        Damage.overwrite(database, 0, 96);
        Aside.move(database, Instant.now());

        Recovered recovered = maintenance.recover().orElseThrow();

        assertThat(recovered.keptAs()).isNull();
        assertThat(log()).containsAll(log);
    }

    @Test
    void withoutADatabaseTheCopyOfBeforeAnUpgradeIsTaken() throws Exception {
        Files.move(database, folder.resolve("db.sqlite3.schema1"));

        Recovered recovered = maintenance.recover().orElseThrow();

        assertThat(recovered.lost()).containsExactly("everything since the upgrade from schema 1");
        assertThat(recovered.verification().problems()).isEmpty();
    }

    @Test
    void withoutAnythingThereIsNothingToRecover() throws Exception {
        Files.write(database, new byte[0]);

        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> maintenance.recover())
                .withMessageContaining("nothing to recover")
                .returns(Reason.MISSING, UnusableDataException::reason);
        assertThat(database).isEmptyFile();
    }
}
