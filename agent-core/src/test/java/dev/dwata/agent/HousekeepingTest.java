package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Events;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private static final Instant THEN = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemoryStore store = new InMemoryStore(InstantSource.fixed(THEN));
    private final SessionId session =
            store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();

    @AfterEach
    void close() {
        store.close();
    }

    private void exchange() throws InterruptedException {
        RunId run = RunId.create();
        store.log()
                .admit(new Admission(Principal.LOCAL, session, null, run, Events.message("Hi"), "default", null, null));
        store.log().append(session, run, new Token("a", 1));
        store.log().append(session, run, new Token("b", 1));
        store.log().append(session, run, Events.completed("ab"));
    }

    private int entries() {
        return store.log().read(session, 0, 1_000).size();
    }

    private void await(int entries) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (entries() != entries) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void mergesAtOnceWhatHasBeenOverForAnHourHoweverMuchItIs() throws Exception {
        for (int i = 0; i < 25; i++) {
            exchange();
        }

        Housekeeping housekeeping = Housekeeping.start(store, InstantSource.fixed(THEN.plus(Duration.ofMinutes(61))));

        await(25 * 3);
        housekeeping.close();
    }

    @Test
    void leavesWhatIsYoungerAndStopsWhenClosed() throws Exception {
        exchange();
        Housekeeping.start(store, InstantSource.fixed(THEN.plus(Duration.ofMinutes(59))))
                .close();

        assertThat(entries()).isEqualTo(4);
    }

    @Test
    void removesAttachmentsThatHaveBeenInNoMessageForADay() throws Exception {
        ByteArrayInputStream bytes = new ByteArrayInputStream(new byte[] {'a'});
        String id = store.attachments()
                .put(Principal.LOCAL, bytes, "text/plain", "a.txt")
                .id();
        Housekeeping.start(store, InstantSource.fixed(THEN.plus(Duration.ofHours(23))))
                .close();
        assertThat(store.attachments().find(Principal.LOCAL, id)).isPresent();

        Housekeeping housekeeping = Housekeeping.start(store, InstantSource.fixed(THEN.plus(Duration.ofHours(25))));

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (store.attachments().find(Principal.LOCAL, id).isPresent()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
        housekeeping.close();
    }
}
