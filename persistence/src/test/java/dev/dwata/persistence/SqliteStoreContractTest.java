package dev.dwata.persistence;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.AttachmentsContract;
import dev.dwata.agent.testing.AuditContract;
import dev.dwata.agent.testing.BudgetsContract;
import dev.dwata.agent.testing.ChildSessionsContract;
import dev.dwata.agent.testing.ChildrenContract;
import dev.dwata.agent.testing.CompactionContract;
import dev.dwata.agent.testing.ConcurrentLogContract;
import dev.dwata.agent.testing.InputsContract;
import dev.dwata.agent.testing.ItemsContract;
import dev.dwata.agent.testing.MemoryContract;
import dev.dwata.agent.testing.PolicyRulesContract;
import dev.dwata.agent.testing.ProcessesContract;
import dev.dwata.agent.testing.RunsContract;
import dev.dwata.agent.testing.SearchContract;
import dev.dwata.agent.testing.SessionLogContract;
import dev.dwata.agent.testing.SessionsContract;
import dev.dwata.agent.testing.StreamSubscriptionsContract;
import dev.dwata.agent.testing.StreamsContract;
import dev.dwata.agent.testing.TokensContract;
import dev.dwata.agent.testing.TranscriptContract;
import dev.dwata.agent.testing.UsageContract;
import dev.dwata.agent.testing.UsedToolsContract;
import dev.dwata.agent.testing.WaitingTimeContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreContractTest {
    @TempDir
    Path folder;

    private Store open() {
        return SqliteStore.open(folder.resolve("db.sqlite3"));
    }

    @Nested
    class LogTest extends SessionLogContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class AttachmentsTest extends AttachmentsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class CompactionTest extends CompactionContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class ConcurrencyTest extends ConcurrentLogContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class SessionsTest extends SessionsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class SearchTest extends SearchContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class RunsTest extends RunsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class MemoryTest extends MemoryContract {
        @Override
        protected Store emptyStore() {
            return open();
        }

        @Override
        protected void fill(int facts) throws Exception {
            Sql.run(folder.resolve("db.sqlite3"), """
                    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                    INSERT INTO memory (owner, key, value, created_at, updated_at)
                    SELECT 'local', 'fact ' || i, 'value', i, i FROM n""".formatted(facts - 1));
        }
    }

    @Nested
    class ItemsTest extends ItemsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class TranscriptTest extends TranscriptContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class ChildSessionsTest extends ChildSessionsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class BudgetsTest extends BudgetsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class UsageTest extends UsageContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class InputsTest extends InputsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class TokensTest extends TokensContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class PolicyRulesTest extends PolicyRulesContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class AuditTest extends AuditContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class ProcessesTest extends ProcessesContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class UsedToolsTest extends UsedToolsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class StreamsTest extends StreamsContract {
        @Override
        protected Store emptyStore(InstantSource clock) {
            return SqliteStore.open(folder.resolve("db.sqlite3"), clock);
        }
    }

    @Nested
    class StreamSubscriptionsTest extends StreamSubscriptionsContract {
        @Override
        protected Store emptyStore() {
            return open();
        }
    }

    @Nested
    class WaitingTimeTest extends WaitingTimeContract {
        @Override
        protected Store emptyStore(InstantSource clock) {
            return SqliteStore.open(folder.resolve("db.sqlite3"), clock);
        }
    }

    @Nested
    class ChildrenTest extends ChildrenContract {
        @Override
        protected Store emptyStore() {
            return open();
        }

        @Override
        protected Store nextProcess() {
            store.close();
            return open();
        }
    }
}
