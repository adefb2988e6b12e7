package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest {

    @Test
    void readsItsClock() {
        Instant noon = Instant.parse("2026-01-02T12:00:00.000999Z");
        try (Store store = new InMemoryStore(InstantSource.fixed(noon))) {
            assertThat(store.sessions()
                            .create(Principal.LOCAL, NewSession.PLAIN)
                            .createdAt())
                    .isEqualTo(Instant.parse("2026-01-02T12:00:00Z"));
        }
    }

    @Nested
    class LogTest extends SessionLogContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class AttachmentsTest extends AttachmentsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class CompactionTest extends CompactionContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class ConcurrencyTest extends ConcurrentLogContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class SessionsTest extends SessionsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class SearchTest extends SearchContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class RunsTest extends RunsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class MemoryTest extends MemoryContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class ItemsTest extends ItemsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class TranscriptTest extends TranscriptContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class ChildSessionsTest extends ChildSessionsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class BudgetsTest extends BudgetsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class ChildrenTest extends ChildrenContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }

        @Override
        protected Store nextProcess() throws InterruptedException {
            SessionId session = session();
            admit(session, "hello");
            return ((InMemoryStore) store).crashedAfter(OWNER, session, 1);
        }
    }

    @Nested
    class UsageTest extends UsageContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class InputsTest extends InputsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class TokensTest extends TokensContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class PolicyRulesTest extends PolicyRulesContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class AuditTest extends AuditContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class ProcessesTest extends ProcessesContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class UsedToolsTest extends UsedToolsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class StreamsTest extends StreamsContract {
        @Override
        protected Store emptyStore(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    class StreamSubscriptionsTest extends StreamSubscriptionsContract {
        @Override
        protected Store emptyStore() {
            return new InMemoryStore();
        }
    }

    @Nested
    class WaitingTimeTest extends WaitingTimeContract {
        @Override
        protected Store emptyStore(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }
}
