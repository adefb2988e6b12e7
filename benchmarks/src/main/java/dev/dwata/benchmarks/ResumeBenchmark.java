package dev.dwata.benchmarks;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A reader catches up with a long session: the log's pages, and the stream that a client follows.
final class ResumeBenchmark {
    private static final int PAGE = 1_000;
    private static final Models NONE = Models.only(new Model("none", "none", (request, sink) -> {
        throw new AgentException(new AgentError.ModelNotConfigured("a benchmark asks no model"));
    }));

    private final Options options;
    private final Path folder;

    ResumeBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        Path database = folder.resolve("dwata.sqlite3");
        try (SqliteStore store = SqliteStore.open(database);
                AgentRuntime runtime =
                        AgentRuntime.builder().models(NONE).store(store).build()) {
            SessionId id = fill(store.log());
            Session session = runtime.session(id);
            try (PlainJdbc jdbc = new PlainJdbc(database)) {
                Contender limit = new Contender("JDBC, pages of 1,000 rows", "rows", jdbc::readAll);
                Contender pages =
                        new Contender("dwata, SessionLog.read, pages of 1,000", "events", () -> read(store.log(), id));
                Contender stream = new Contender("dwata, Session.events", "events", () -> follow(session));
                Rounds rounds = new Rounds(limit, pages, stream);
                rounds.run(options.rounds());
                rounds.print(out);
                Targets targets = new Targets(out);
                targets.atLeast(0.5, rounds.perSecond(pages) / rounds.perSecond(limit), "SessionLog.read, of JDBC");
                targets.atLeast(0.5, rounds.perSecond(stream) / rounds.perSecond(limit), "Session.events, of JDBC");
                return targets.reached();
            }
        }
    }

    private SessionId fill(SessionLog log) throws InterruptedException {
        SessionId session = SessionId.create();
        RunId run = Writers.admit(log, session);
        for (int i = 0; i < options.events() - 2; i++) {
            log.append(session, run, Writers.TOKEN);
        }
        log.append(session, run, new RunCancelled("It is over.", "a benchmark"));
        return session;
    }

    private long read(SessionLog log, SessionId session) {
        long after = 0;
        List<Envelope> page;
        do {
            page = log.read(session, after, PAGE);
            after = page.isEmpty() ? after : page.getLast().seq();
        } while (!page.isEmpty());
        return check(after);
    }

    private long follow(Session session) throws InterruptedException {
        try (EventStream events = session.events(0)) {
            long seq = 0;
            while (seq < events.headSeq()) {
                Envelope next = events.next(Duration.ofSeconds(10));
                if (next == null) {
                    throw new IllegalStateException("nothing came after entry " + seq);
                }
                seq = next.seq();
            }
            return check(seq);
        }
    }

    private long check(long last) {
        if (last != options.events()) {
            throw new IllegalStateException("read up to " + last + " instead of " + options.events());
        }
        return last;
    }
}
