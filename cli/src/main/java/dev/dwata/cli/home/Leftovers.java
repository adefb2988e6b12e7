package dev.dwata.cli.home;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Runs;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Store;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Optional;

/// What a process does about runs whose process is gone.
public enum Leftovers {
    /// Nothing: it is only here to look.
    LEAVE {
        @Override
        List<RunInfo> adopt(Runs runs) {
            return List.of();
        }
    },

    /// Ends those that had begun, and starts none: it is here for one question, and waiting runs of other
    /// sessions are for a process that stays.
    SETTLE {
        @Override
        List<RunInfo> adopt(Runs runs) {
            return runs.adopt().stream()
                    .filter(run -> run.status() != RunStatus.QUEUED)
                    .toList();
        }
    },

    /// Ends those that had begun, and gives those that wait their turn.
    RESUME {
        @Override
        List<RunInfo> adopt(Runs runs) {
            return runs.adopt();
        }
    };

    abstract List<RunInfo> adopt(Runs runs);

    /// The same store, for a runtime that treats leftovers in this way.
    Store seenBy(Store store) {
        return new View(store, this);
    }

    private record View(Store store, Leftovers leftovers) implements Store {
        @Override
        public SessionLog log() {
            return store.log();
        }

        @Override
        public Sessions sessions() {
            return store.sessions();
        }

        @Override
        public Runs runs() {
            return new Adopted(store.runs(), leftovers);
        }

        @Override
        public Memory memory() {
            return store.memory();
        }

        @Override
        public void check() {
            store.check();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private record Adopted(Runs runs, Leftovers leftovers) implements Runs {
        @Override
        public Optional<RunInfo> find(RunId id) {
            return runs.find(id);
        }

        @Override
        public void start(RunId id) {
            runs.start(id);
        }

        @Override
        public List<RunInfo> list(SessionId session, int limit) {
            return runs.list(session, limit);
        }

        @Override
        public List<RunInfo> adopt() {
            return leftovers.adopt(runs);
        }
    }
}
