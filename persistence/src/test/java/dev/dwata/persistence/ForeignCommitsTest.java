package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionLog.CommitListener;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store hears that others have written to its database.
class ForeignCommitsTest {
    @TempDir
    Path folder;

    /// Counts.
    private static final class Ears implements CommitListener {
        final Semaphore own = new Semaphore(0);
        final Semaphore others = new Semaphore(0);

        @Override
        public void committed(List<Envelope> batch) {
            own.release();
        }

        @Override
        public void changedElsewhere() {
            others.release();
        }
    }

    @Test
    void whetherItIsIdleOrBusy() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        Ears ears = new Ears();
        try (Store store = SqliteStore.open(database);
                Store other = SqliteStore.open(database)) {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            store.log().listen(ears);

            other.log().append(session, null, Events.message("Hi"));
            assertThat(ears.others.tryAcquire(5, TimeUnit.SECONDS)).isTrue();

            other.log().append(session, null, Events.token("while it is busy"));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (!ears.others.tryAcquire()) {
                store.log().append(session, null, Events.message("Hi"));
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }

    @Test
    void butNotOfWhatItDoesItself() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        Ears ears = new Ears();
        try (Store store = SqliteStore.open(database);
                Store other = SqliteStore.open(database)) {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            store.log().listen(ears);
            assertThat(ears.others.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
            for (int i = 0; i < 20; i++) {
                store.log().append(session, null, Events.message("Hi"));
                store.log().read(session, 0, 100);
                other.log().read(session, 0, 100);
            }

            // long enough for the write-ahead log to be moved into the database
            assertThat(ears.others.tryAcquire(2500, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(ears.own.availablePermits()).isEqualTo(20);
        }
    }
}
