package dev.dwata.benchmarks;

import dev.dwata.agent.store.MessagePage;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.MessageId;
import dev.dwata.types.SessionId;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.wire.HistoryPayload;
import dev.dwata.types.wire.MessageView;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of messages with their tool calls, as clients get it: of a session of ten thousand messages, and of
/// one of a hundred.
final class HistoryBenchmark {
    private static final int PAGE = 20;

    private final Options options;
    private final Path folder;

    HistoryBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        Archive archive = new Archive(options, folder);
        try (SqliteStore store = archive.open(out)) {
            SessionId longest = archive.longest();
            SessionId shortest = archive.shortest();
            MessageId middle = middle(store, longest);
            Contender small =
                    new Contender("the latest of a short session", "pages", () -> each(store, shortest, null));
            Contender large = new Contender("the latest of a long session", "pages", () -> each(store, longest, null));
            Contender within =
                    new Contender("from the middle of a long session", "pages", () -> each(store, longest, middle));
            Rounds rounds = new Rounds(small, large, within);
            rounds.run(options.rounds());
            rounds.print(out);
            Targets targets = new Targets(out);
            targets.atMost(
                    1.2, 1.2, rounds.cpuMicros(large) / rounds.cpuMicros(small), "latest, long session to short");
            targets.atMost(
                    1.2, 1.2, rounds.cpuMicros(within) / rounds.cpuMicros(small), "middle, long session to short");
            return targets.reached();
        }
    }

    private static MessageId middle(SqliteStore store, SessionId longest) {
        MessagePage half = store.sessions().messages(longest, 1, null);
        for (int i = 0; i < 20; i++) {
            half = store.sessions()
                    .messages(longest, 200, half.messages().getFirst().id());
        }
        return half.messages().getFirst().id();
    }

    private long each(SqliteStore store, SessionId session, @Nullable MessageId before) {
        long end = System.nanoTime() + options.seconds() * 1_000_000_000L;
        long count = 0;
        while (System.nanoTime() < end) {
            MessagePage page = store.sessions().messages(session, PAGE, before);
            List<MessageId> calling = page.messages().stream()
                    .filter(MessageView::hasToolCalls)
                    .map(StoredMessage::id)
                    .toList();
            HistoryPayload payload = HistoryPayload.of(
                    page.messages(), page.hasMore(), store.sessions().toolCalls(session, calling));
            if (payload.messages().size() != PAGE
                    || payload.messages().stream().noneMatch(view -> view.toolCalls() != null)) {
                throw new IllegalStateException("a page was not as it should be");
            }
            count++;
        }
        return count;
    }
}
