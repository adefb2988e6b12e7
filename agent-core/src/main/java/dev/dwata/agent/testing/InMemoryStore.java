package dev.dwata.agent.testing;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.Audit;
import dev.dwata.agent.store.Budgets;
import dev.dwata.agent.store.Children;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.Inputs;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.store.Processes;
import dev.dwata.agent.store.Runs;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.store.Tokens;
import dev.dwata.agent.store.Usage;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/// A store that lasts as long as its process, for tests and for runtimes that need to keep nothing. It behaves
/// as a store on disk does in everything but that; nothing is ever given up, so its size is bounded by the heap
/// alone.
public final class InMemoryStore implements Store {
    private final StoredState state;
    private final SessionLog log;
    private final Sessions sessions;
    private final Runs runs;
    private final Memory memory;
    private final Attachments attachments;
    private final Budgets budgets;
    private final Usage usage;
    private final Inputs inputs;
    private final PolicyRules rules;
    private final Audit audit;
    private final Children children;
    private final Processes processes;
    private final Items items;
    private final Streams streams;
    private final StreamSubscriptions streamSubscriptions;
    private final Tokens tokens;

    public InMemoryStore() {
        this(InstantSource.system());
    }

    /// @param clock what the times of entries are read from
    public InMemoryStore(InstantSource clock) {
        state = new StoredState(clock);
        log = new InMemoryLog(state);
        sessions = new InMemorySessions(state);
        runs = new InMemoryRuns(state);
        memory = new InMemoryMemory(state);
        attachments = new InMemoryAttachments(state);
        budgets = new InMemoryBudgets(state);
        usage = new InMemoryUsage(state);
        inputs = new InMemoryInputs(state);
        rules = new InMemoryRules(state);
        audit = new InMemoryAudit(state);
        children = new InMemoryChildren(state);
        processes = new InMemoryProcesses(state);
        items = new InMemoryItems(state);
        streams = new InMemoryStreams(state);
        streamSubscriptions = new InMemoryStreamSubscriptions(state);
        tokens = new InMemoryTokens(state);
    }

    /// What the next process would find if this one had ended right after an entry: another store, with the
    /// session and its log up to there, and the runs that are not over left for [Runs#adopt]. This store stays
    /// as it is.
    ///
    /// @param seq 1 or more
    public InMemoryStore crashedAfter(Principal owner, SessionId session, long seq) throws InterruptedException {
        InMemoryStore found = new InMemoryStore(state.clock());
        found.state.files.putAll(state.files);
        found.state.attachments.putAll(state.attachments);
        found.state.children.putAll(state.children);
        found.state.items.putAll(state.items);
        found.state.orphans.addAll(state.children.keySet());
        for (Envelope entry : log.read(session, 0, (int) seq)) {
            found.repeat(owner, entry, this);
        }
        found.runs.list(session, Integer.MAX_VALUE).reversed().stream()
                .filter(run -> !run.status().isFinal())
                .forEach(run -> found.state.abandoned.add(run.id()));
        return found;
    }

    private void repeat(Principal owner, Envelope entry, InMemoryStore original) throws InterruptedException {
        SessionId session = entry.sessionId();
        RunId run = entry.runId();
        if (run != null && entry.event() instanceof AgentEvent.MessageReceived message) {
            RunInfo info = original.runs.find(run).orElseThrow();
            NewSession wanted = entry.seq() == 1 ? NewSession.PLAIN : null;
            IdempotencyKey key = original.state.keyOf(run);
            JsonNode schema = original.runs.outputSchema(run).orElse(null);
            log.admit(new Admission(owner, session, wanted, run, message, info.agentName(), info.model(), key, schema));
            return;
        }
        if (run != null && runs.find(run).orElseThrow().startedAt() == null) {
            runs.start(run);
        }
        log.append(session, run, entry.event());
    }

    @Override
    public SessionLog log() {
        return log;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public Attachments attachments() {
        return attachments;
    }

    @Override
    public Budgets budgets() {
        return budgets;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public Inputs inputs() {
        return inputs;
    }

    @Override
    public PolicyRules rules() {
        return rules;
    }

    @Override
    public Audit audit() {
        return audit;
    }

    @Override
    public Children children() {
        return children;
    }

    @Override
    public Processes processes() {
        return processes;
    }

    @Override
    public Items items() {
        return items;
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public StreamSubscriptions streamSubscriptions() {
        return streamSubscriptions;
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public void check() {
        state.locked(() -> true);
    }

    @Override
    public void close() {
        state.close();
    }
}
