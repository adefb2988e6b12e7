package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.StreamOutcome.Done;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.store.Streams.Name;
import dev.dwata.types.Principal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What streams are beyond one process and one healthy file.
class StoredStreamsTest {
    private static final Name NOTES = new Name(Principal.LOCAL, "notes");
    private static final Name COPY = new Name(Principal.LOCAL, "copy");

    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void fill() {
        database = folder.resolve("db.sqlite3");
        try (Store store = SqliteStore.open(database)) {
            store.streams().create(NOTES, text(null), of("one "));
            store.streams().create(COPY, text(new StreamConfig.Fork("notes", null, 0)), of("copied"));
            store.streams().append(NOTES, produced("two", 0));
            store.streamSubscriptions().signingKey(() -> "a secret");
        }
    }

    private static StreamConfig text(StreamConfig.Fork fork) {
        return new StreamConfig("text/plain", null, null, false, fork);
    }

    private static StreamAppend of(String text) {
        return StreamAppend.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static StreamAppend produced(String text, long seq) {
        return new StreamAppend(
                "text/plain",
                text.getBytes(StandardCharsets.UTF_8),
                null,
                null,
                new StreamAppend.Producer("p", 0, seq),
                false);
    }

    private static String read(Store store, Name name) {
        StringBuilder text = new StringBuilder();
        store.streams()
                .read(name, 0, 1 << 20)
                .orElseThrow()
                .chunks()
                .forEach(chunk -> text.append(new String(chunk.content(), StandardCharsets.UTF_8)));
        return text.toString();
    }

    private static void assertAllIsThere(Store store) {
        assertThat(read(store, NOTES)).isEqualTo("one two");
        assertThat(read(store, COPY)).isEqualTo("one copied");
        assertThat(store.streams().append(NOTES, produced("again", 0)))
                .isInstanceOfSatisfying(
                        Done.class, again -> assertThat(again.fresh()).isFalse());
        assertThat(store.streamSubscriptions().signingKey(() -> "another")).isEqualTo("a secret");
    }

    /// A11, C12
    @Test
    void theyAreThereForTheNextProcess() {
        try (Store store = SqliteStore.open(database)) {
            assertAllIsThere(store);
        }
    }

    @Test
    void theyAreSavedFromADamagedDatabase() throws Exception {
        Damage.overwrite(database, 0, 96);

        Recovered recovered =
                new Maintenance(database, InstantSource.system()).recover().orElseThrow();

        assertThat(recovered.lost()).isEmpty();
        assertThat(recovered.verification().problems()).isEmpty();
        try (Store store = SqliteStore.open(database)) {
            assertAllIsThere(store);
        }
    }

    @Test
    void aReaderHearsOfWhatAnotherProcessAppends() throws Exception {
        Semaphore heard = new Semaphore(0);
        try (Store store = SqliteStore.open(database);
                Store other = SqliteStore.open(database)) {
            store.streams().listen(new Streams.Listener() {
                @Override
                public void changed(Name name) {}

                @Override
                public void changedElsewhere() {
                    heard.release();
                }
            });
            other.streams().append(NOTES, of(" three"));

            assertThat(heard.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            assertThat(read(store, NOTES)).isEqualTo("one two three");
        }
    }
}
