package dev.dwata.benchmarks;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.ClientType;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/// Sixteen runs that append for a while.
final class Writers {
    static final Token TOKEN = new Token("a few words of the answer, ", 1);
    private static final int WRITERS = 16;

    private final Store store;
    private final int deltas;
    private final long nanos;
    private final AtomicLong commits = new AtomicLong();
    private long events;
    private volatile boolean counting;

    /// @param deltas how many come before each entry that is waited for
    Writers(Store store, int deltas, int seconds) {
        this.store = store;
        this.deltas = deltas;
        this.nanos = seconds * 1_000_000_000L;
        store.log().listen(batch -> {
            if (counting) {
                commits.incrementAndGet();
            }
        });
    }

    /// Of all rounds.
    int eventsPerCommit() {
        return (int) Math.max(1, Math.round((double) events / commits.get()));
    }

    /// @return how many events were stored
    long run() throws Exception {
        counting = true;
        long count = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(this::write);
            }
            for (Future<Long> written : threads.invokeAll(writers)) {
                count += written.get();
            }
        }
        counting = false;
        events += count;
        return count;
    }

    private long write() throws InterruptedException {
        SessionId session = SessionId.create();
        RunId run = admit(store.log(), session);
        ObjectNode nothing = Json.MAPPER.createObjectNode();
        ObjectNode success = Json.MAPPER.createObjectNode().put("success", true);
        long start = System.nanoTime();
        long count = 1;
        for (int call = 0; System.nanoTime() - start < nanos; call++) {
            for (int i = 0; i < deltas; i++) {
                store.log().append(session, run, TOKEN);
            }
            String id = "call_" + call / 2;
            AgentEvent barrier = call % 2 == 0
                    ? new ToolCalled(id, "bench.tool", nothing, Approval.AUTO)
                    : new ToolReturned(id, "bench.tool", true, success, null, 1);
            store.log().append(session, run, barrier);
            count += deltas + 1L;
        }
        return count;
    }

    /// A run of a new session.
    static RunId admit(SessionLog log, SessionId session) throws InterruptedException {
        MessageReceived message = new MessageReceived(
                MessageId.create(),
                Role.USER,
                "Go.",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                ClientType.RUNTIME,
                null,
                null);
        return log.admit(new Admission(
                        Principal.LOCAL,
                        session,
                        NewSession.PLAIN,
                        RunId.create(),
                        message,
                        NewSession.DEFAULT_AGENT,
                        null,
                        null))
                .run()
                .id();
    }
}
