package dev.dwata.agent.testing;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SessionLog.CommitListener;
import dev.dwata.types.Envelope;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemId;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all ports of one [InMemoryStore] share. The maps are used only inside [#locked] and [#commit].
///
/// There are two locks, so that a listener may read, and may wait for a thread that reads: `order` is held from
/// an entry's number to the end of its listeners, `lock` only while the maps are used.
final class StoredState {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryStore.class);

    final Map<SessionId, SessionState> sessions = new HashMap<>();
    final Map<RunId, RunState> runs = new HashMap<>();
    final Map<KeyOfOwner, UsedKey> keys = new HashMap<>();
    final Map<Memory.Scope, Map<String, Memory.Entry>> memory = new HashMap<>();
    final Map<Owned, Kept> attachments = new HashMap<>();

    /// The bytes of attachments by their ids, whoever owns them.
    final Map<String, byte[]> files = new HashMap<>();

    final Map<ItemId, ItemState> items = new LinkedHashMap<>();
    final List<ItemChange> itemChanges = new ArrayList<>();
    long latestItemChange;

    final Set<MessageId> messageIds = new HashSet<>();
    final InMemoryLedger ledger = new InMemoryLedger(runs);
    final InMemoryDecisions decisions = new InMemoryDecisions();
    final Map<String, Child> children = new LinkedHashMap<>();

    /// The markers of children that a crash has left.
    final Set<String> orphans = new LinkedHashSet<>();

    /// Runs that a crash has left, oldest first.
    final Set<RunId> abandoned = new LinkedHashSet<>();

    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock order = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private Instant latestTime = Instant.EPOCH;
    private boolean closed;

    StoredState(InstantSource clock) {
        this.clock = clock;
    }

    record KeyOfOwner(Principal owner, String method, String key) {
        static KeyOfOwner of(Principal owner, IdempotencyKey key) {
            return new KeyOfOwner(owner, key.method(), key.key());
        }
    }

    /// What somebody has of an attachment.
    record Owned(Principal owner, String id) {}

    record Kept(Attachment attachment, Instant storedAt) {}

    record UsedKey(String payloadDigest, RunId run) {}

    InstantSource clock() {
        return clock;
    }

    /// To the millisecond, of which all entries share one object: there are many.
    Instant now() {
        Instant now = clock.instant();
        Instant latest = latestTime;
        if (now.getEpochSecond() == latest.getEpochSecond()
                && now.getNano() / 1_000_000 == latest.getNano() / 1_000_000) {
            return latest;
        }
        latestTime = now.truncatedTo(ChronoUnit.MILLIS);
        return latestTime;
    }

    void listen(CommitListener listener) {
        listeners.add(listener);
    }

    <T extends @Nullable Object> T locked(Supplier<T> use) {
        lock.lock();
        try {
            if (closed) {
                throw Refusal.closed();
            }
            return use.get();
        } finally {
            lock.unlock();
        }
    }

    /// Makes a change of the log and tells the listeners.
    ///
    /// @throws InterruptedException before anything was changed
    <T> T commit(Supplier<Committed<T>> change) throws InterruptedException {
        if (order.isHeldByCurrentThread()) {
            throw Refusal.appendFromListener();
        }
        order.lockInterruptibly();
        try {
            Committed<T> committed = locked(change);
            if (committed.entry() != null) {
                tell(List.of(committed.entry()));
            }
            return committed.result();
        } finally {
            order.unlock();
        }
    }

    /// @param entry absent where nothing was appended
    record Committed<T>(T result, @Nullable Envelope entry) {}

    SessionState session(SessionId id) {
        SessionState session = sessions.get(id);
        if (session == null) {
            throw Refusal.noSession(id);
        }
        return session;
    }

    SessionState session(Principal owner, SessionId id) {
        SessionState session = sessions.get(id);
        if (session == null || !session.owner.equals(owner)) {
            throw Refusal.noSession(id);
        }
        return session;
    }

    /// Under which key a run was asked for; absent if under none.
    @Nullable
    IdempotencyKey keyOf(RunId run) {
        return locked(() -> keys.entrySet().stream()
                .filter(used -> used.getValue().run().equals(run))
                .map(used -> new IdempotencyKey(
                        used.getKey().method(),
                        used.getKey().key(),
                        used.getValue().payloadDigest()))
                .findFirst()
                .orElse(null));
    }

    SessionState create(SessionId id, Principal owner, NewSession wanted, Instant now) {
        if (sessions.containsKey(id)) {
            throw Refusal.sessionExists(id);
        }
        ItemId item = wanted.ownItem();
        ItemState about = item == null ? null : items.get(item);
        if (item != null && (about == null || !about.owner.equals(owner))) {
            throw Refusal.noItem(item);
        }
        SessionState session = new SessionState(id, owner, wanted, now, ledger, decisions);
        sessions.put(id, session);
        return session;
    }

    RunState run(SessionId session, RunId id) {
        RunState run = runs.get(id);
        if (run == null || !run.info.sessionId().equals(session)) {
            throw Refusal.noRun(id, session);
        }
        return run;
    }

    void purge(SessionState session) {
        sessions.remove(session.id);
        decisions.requests.values().removeIf(request -> request.sessionId().equals(session.id));
        runs.values().removeAll(session.runs);
        keys.values().removeIf(key -> !runs.containsKey(key.run()));
        memory.keySet().removeIf(scope -> session.id.equals(scope.session()));
        session.messages.forEach(message -> messageIds.remove(message.id()));
        session.messages.stream()
                .flatMap(message -> Attachment.idsIn(message.parts()).stream())
                .map(id -> new Owned(session.owner, id))
                .filter(owned -> !isUsed(owned))
                .forEach(this::drop);
    }

    /// Whether a message refers to an attachment.
    boolean isUsed(Owned attachment) {
        return sessions.values().stream()
                .filter(session -> session.owner.equals(attachment.owner))
                .flatMap(session -> session.messages.stream())
                .anyMatch(message -> Attachment.idsIn(message.parts()).contains(attachment.id));
    }

    /// Forgets an attachment of an owner, and its bytes where nobody else has it.
    void drop(Owned attachment) {
        attachments.remove(attachment);
        if (attachments.keySet().stream().noneMatch(other -> other.id.equals(attachment.id))) {
            files.remove(attachment.id);
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void tell(List<Envelope> batch) {
        for (CommitListener listener : listeners) {
            try {
                listener.committed(batch);
            } catch (RuntimeException | Error e) { // not the fault of who appends
                LOG.error("A commit listener failed", e);
            }
        }
    }
}
