package dev.dwata.benchmarks;

import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.EventCodec;
import java.io.PrintStream;
import java.nio.file.Path;

/// 16 writers append to sessions of their own, as runs do: each waits for a tool call or its result after every
/// 15 deltas, and goes on when all of it would survive a loss of power. The same without deltas, where each
/// waits for each of its entries and each changes three more tables, is measured too but has no target.
final class AppendBenchmark {
    private final Options options;
    private final Path folder;

    AppendBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        try (SqliteStore store = SqliteStore.open(folder.resolve("dwata.sqlite3"));
                PlainJdbc jdbc = new PlainJdbc(folder.resolve("jdbc.sqlite3"))) {
            jdbc.createLog();
            Writers waiting = new Writers(store, 0, options.seconds());
            Writers streaming = new Writers(store, 15, options.seconds());
            String payload = EventCodec.payload(Writers.TOKEN);
            FsyncLimit disk = new FsyncLimit(folder.resolve("file"), options.seconds());
            Contender fsync = new Contender("the disk: append, fsync", "fsyncs", disk::run);
            Contender waits = new Contender("dwata, tool calls and results only", "events", waiting::run);
            Contender same = new Contender(
                    "JDBC addBatch, batches as of the above",
                    "rows",
                    () -> jdbc.append(waiting.eventsPerCommit(), options.seconds(), "token", payload));
            Contender streams = new Contender("dwata, 15 deltas for each of them", "events", streaming::run);
            Contender limit = new Contender(
                    "JDBC addBatch, batches as of the above",
                    "rows",
                    () -> jdbc.append(streaming.eventsPerCommit(), options.seconds(), "token", payload));
            Rounds rounds = new Rounds(fsync, waits, same, streams, limit);
            rounds.run(options.rounds());
            rounds.print(out);
            out.printf(
                    "events per commit: %d of tool calls and results only, %d with deltas%n",
                    waiting.eventsPerCommit(), streaming.eventsPerCommit());
            Targets targets = new Targets(out);
            targets.atLeast(3, rounds.perSecond(streams) / rounds.perSecond(fsync), "events, of the disk's fsyncs");
            targets.atLeast(
                    0.8,
                    rounds.perSecond(streams) / rounds.perSecond(limit),
                    "events, of JDBC addBatch at equal batch");
            return targets.reached();
        }
    }
}
