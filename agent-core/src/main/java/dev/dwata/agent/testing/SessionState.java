package dev.dwata.agent.testing;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.MergedDeltas;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Projection;
import dev.dwata.agent.store.Projection.ContextCut;
import dev.dwata.agent.store.Projection.InputAwaited;
import dev.dwata.agent.store.Projection.InputSettled;
import dev.dwata.agent.store.Projection.MessageAdded;
import dev.dwata.agent.store.Projection.ModelAsked;
import dev.dwata.agent.store.Projection.RunChange;
import dev.dwata.agent.store.Projection.RunEnded;
import dev.dwata.agent.store.Projection.RunMoved;
import dev.dwata.agent.store.Projection.ToolBegun;
import dev.dwata.agent.store.Projection.ToolEnded;
import dev.dwata.agent.store.Projection.ToolStarted;
import dev.dwata.agent.store.Projection.TurnVoided;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Sessions.Change;
import dev.dwata.agent.store.Transcript;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.ItemId;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A session of an [InMemoryStore]: its log, and the fold of it.
final class SessionState {
    final SessionId id;
    final Principal owner;
    final List<Envelope> entries = new ArrayList<>();
    final List<StoredMessage> messages = new ArrayList<>();
    final CallsState calls = new CallsState();
    final List<RunState> runs = new ArrayList<>();

    private final LatestCut cuts = new LatestCut();
    private final NewSession wanted;
    private final InMemoryLedger ledger;
    private final InMemoryDecisions decisions;
    private final Instant createdAt;
    private String title;
    private boolean titled;
    private String agentName;
    private @Nullable String model;
    private @Nullable String itemId;
    private @Nullable JsonNode config;
    private SessionStatus status = SessionStatus.ACTIVE;
    private @Nullable String lastMessage;
    private Instant lastActivity;
    private long messageCount;

    SessionState(
            SessionId id,
            Principal owner,
            NewSession wanted,
            Instant now,
            InMemoryLedger ledger,
            InMemoryDecisions decisions) {
        this.ledger = ledger;
        this.decisions = decisions;
        this.id = id;
        this.owner = owner;
        this.wanted = wanted;
        this.createdAt = now;
        this.lastActivity = now;
        this.title = wanted.titleOrDefault();
        this.titled = wanted.hasTitle();
        this.agentName = wanted.agentOrDefault();
        this.model = wanted.model();
        this.itemId = wanted.itemId();
        this.config = wanted.config();
    }

    SessionInfo info() {
        return new SessionInfo(
                id,
                title,
                status,
                agentName,
                model,
                lastMessage,
                createdAt,
                lastActivity,
                messageCount,
                head(),
                wanted.contextType(),
                itemId,
                wanted.projectId(),
                config,
                wanted.parent());
    }

    boolean isAbout(ItemId item) {
        return item.value().equals(itemId);
    }

    SessionId beAboutNothing() {
        itemId = null;
        return id;
    }

    /// The run that made it; absent where none did.
    @Nullable
    RunId parent() {
        return wanted.parent();
    }

    Transcript transcript() {
        Map<RunId, Long> admitted = new HashMap<>();
        runs.forEach(run -> admitted.put(run.info.id(), run.info.admittedSeq()));
        return cuts.transcript(messages, admitted);
    }

    /// The number of the latest entry; 0 where there is none.
    long head() {
        return entries.isEmpty() ? 0 : entries.getLast().seq();
    }

    /// @return at most `limit` entries that end after `seq`
    List<Envelope> after(long seq, int limit) {
        int from = 0;
        int to = entries.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (entries.get(middle).seq() <= seq) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return List.copyOf(entries.subList(from, (int) Math.min(entries.size(), (long) from + limit)));
    }

    /// Merges the deltas of a run that is over.
    void compact(RunId run) {
        List<Envelope> merged = new ArrayList<>();
        List<Envelope> stretch = new ArrayList<>();
        for (Envelope entry : entries) {
            if (!run.equals(entry.runId())) {
                merged.addAll(MergedDeltas.of(stretch));
                stretch.clear();
                merged.add(entry);
            } else {
                stretch.add(entry);
            }
        }
        merged.addAll(MergedDeltas.of(stretch));
        entries.clear();
        entries.addAll(merged);
    }

    void change(Change change) {
        if (change.title() != null) {
            title = change.title();
            titled = true;
        }
        status = change.status() == null ? status : change.status();
        model = change.model() == null ? model : change.model();
        agentName = change.agentName() == null ? agentName : change.agentName();
        if (change.context() != null && (config == null || config.isObject())) {
            ObjectNode next = Json.MAPPER.createObjectNode();
            if (config instanceof ObjectNode before) {
                next.setAll(before);
            }
            config = next.set("context", change.context());
        }
    }

    boolean isBusy() {
        return runs.stream().anyMatch(run -> !run.info.status().isFinal());
    }

    /// @param to not itself
    boolean hasMessageBetween(@Nullable Instant from, @Nullable Instant to) {
        return (from == null && to == null)
                || messages.stream()
                        .map(StoredMessage::createdAt)
                        .anyMatch(time -> (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to)));
    }

    /// Numbers the event, unless it is live, and takes in what follows from it; or refuses it and changes
    /// nothing.
    ///
    /// @param messageIds of all messages of the store
    Envelope append(@Nullable RunState run, AgentEvent event, Instant now, Set<MessageId> messageIds) {
        boolean live = event instanceof AgentEvent.Live;
        Envelope entry = new Envelope(id, live ? 0 : head() + 1, now, run == null ? null : run.info.id(), event);
        List<Projection.Change> changes = Projection.of(entry);
        check(run, event, changes, messageIds);
        if (!live) {
            entries.add(entry);
        }
        if (run != null && event instanceof AgentEvent.Token token) {
            run.unfinished.append(token.content());
        }
        for (Projection.Change change : changes) {
            switch (change) {
                case MessageAdded added -> add(added, run, entry.seq(), messageIds);
                case RunChange ofRun -> apply(ofRun, Objects.requireNonNull(run), entry, messageIds);
            }
        }
        return entry;
    }

    private void check(
            @Nullable RunState run, AgentEvent event, List<Projection.Change> changes, Set<MessageId> messageIds) {
        if (run != null && run.info.status().isFinal()) {
            throw Refusal.runIsOver(run.info.id());
        }
        for (Projection.Change change : changes) {
            if (change instanceof MessageAdded added) {
                if (messageIds.contains(added.id())) {
                    throw Refusal.messageExists(added.id());
                }
            } else if (run == null) {
                throw Refusal.needsRun(EventCodec.name(event));
            } else if (change instanceof ContextCut cut && cut.firstKept() != null) {
                message(cut.firstKept());
            } else if (change instanceof InputAwaited awaited) {
                decisions.checkNew(awaited.asked());
            } else if (change instanceof InputSettled settled) {
                decisions.checkOpen(run.info, settled);
            } else if (change instanceof ToolStarted started && calls.isOpen(run, started.toolCallId())) {
                throw Refusal.toolCallExists(started.toolCallId());
            } else if (change instanceof ToolBegun begun && !calls.isOpen(run, begun.toolCallId())) {
                throw Refusal.noOpenToolCall(begun.toolCallId());
            } else if (change instanceof ToolEnded ended && !calls.isOpen(run, ended.toolCallId())) {
                throw Refusal.noOpenToolCall(ended.toolCallId());
            }
        }
    }

    /// A run does not use up its time while people think.
    private void pause(RunState run, Envelope entry) {
        ledger.stopped(run.info, run.since, entry.time());
        run.since = null;
        run.moved(RunStatus.WAITING_INPUT);
    }

    private void add(MessageAdded added, @Nullable RunState run, long seq, Set<MessageId> messageIds) {
        messageIds.add(added.id());
        messages.add(new StoredMessage(
                added.id(),
                id,
                run == null ? null : run.info.id(),
                seq,
                added.role(),
                added.parts(),
                added.createdAt(),
                added.partial(),
                added.contextTokens()));
        if (run != null && added.role() == Role.ASSISTANT) {
            run.latestAnswer = added.id();
            run.unfinished.setLength(0);
        }
        if (!added.isConversation()) {
            return;
        }
        messageCount++;
        lastActivity = entries.get(entries.size() - 1).time();
        if (!added.text().isEmpty()) {
            lastMessage = Projection.excerpt(added.text());
        }
        if (added.role() == Role.USER) {
            status = status == SessionStatus.ARCHIVED ? SessionStatus.ACTIVE : status;
            title = titled ? title : NewSession.titleOf(added.text());
            titled = true;
        }
    }

    private void apply(RunChange change, RunState run, Envelope entry, Set<MessageId> messageIds) {
        switch (change) {
            case ModelAsked asked -> {
                run.used(asked.usage(), asked.turns());
                ledger.asked(run.info, asked, entry.time());
            }
            case ContextCut cut -> cut(cut, run, entry);
            case RunMoved moved -> move(moved, run, entry);
            case TurnVoided voided -> run.unfinished.setLength(0);
            case ToolStarted started -> {
                calls.started(started, run, entry.time());
                decisions.called(run.info, started, entry);
                ledger.called(run.info, started.toolCallId(), entry.time());
            }
            case InputAwaited awaited -> {
                calls.status(run, awaited.asked().toolCallId(), ToolCallStatus.AWAITING_APPROVAL);
                decisions.asked(run.info, awaited.asked(), entry);
                pause(run, entry);
            }
            case InputSettled settled -> settle(settled, run, entry);
            case ToolBegun begun -> {
                calls.begun(begun, run);
                decisions.begun(run.info, calls.tool(run, begun.toolCallId()), begun.toolCallId(), entry);
            }
            case ToolEnded ended -> {
                calls.ended(ended, run, entry.time());
                decisions.ended(run.info, ended, entry);
                if (ended.status() == ToolCallStatus.REJECTED) {
                    ledger.spend(run.info, Amount.TOOL_CALL.negated(), entry.time());
                }
            }
            case RunEnded ended -> {
                if (ended.cutShort() && !run.unfinished.isEmpty()) {
                    add(
                            Projection.partialMessage(run.unfinished.toString(), entry.time()),
                            run,
                            entry.seq(),
                            messageIds);
                }
                calls.cancelOpen(run.info.id(), entry.time());
                ledger.forfeit(run.info.id());
                ledger.stopped(run.info, run.since, entry.time());
                run.ended(ended.status(), entry.time(), ended.error());
            }
        }
    }

    /// A run that was cut off while it waited goes on when it is resumed, not with the answer.
    private void settle(InputSettled settled, RunState run, Envelope entry) {
        String call = decisions.resolved(settled, entry).asked().toolCallId();
        if (!decisions.isAwaited(run.info.id(), call)) {
            calls.status(run, call, ToolCallStatus.EXECUTING);
        }
        if (run.info.status() == RunStatus.WAITING_INPUT && !decisions.isAwaited(run.info.id())) {
            run.since = entry.time();
            run.moved(RunStatus.RUNNING);
        }
    }

    private StoredMessage message(MessageId wanted) {
        return messages.stream()
                .filter(message -> message.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Refusal.noMessage(wanted, id));
    }

    private void cut(ContextCut cut, RunState run, Envelope entry) {
        StoredMessage first = cut.firstKept() == null ? null : message(cut.firstKept());
        RunId of = first == null ? run.info.id() : first.runId();
        cuts.cut(cut.summary(), first == null ? entry.seq() : first.seq(), of == null ? null : admittedSeq(of));
    }

    private long admittedSeq(RunId run) {
        return runs.stream()
                .filter(known -> known.info.id().equals(run))
                .findFirst()
                .orElseThrow()
                .info
                .admittedSeq();
    }

    private void move(RunMoved moved, RunState run, Envelope entry) {
        if (moved.status() == RunStatus.INTERRUPTED) {
            ledger.stopped(run.info, run.since, lastSign(run, entry.seq()));
            run.since = null;
            run.moved(moved.status());
        } else if (decisions.isAwaited(run.info.id())) {
            pause(run, entry);
        } else {
            run.since = entry.time();
            run.moved(moved.status());
        }
    }

    /// When the run's latest entry was made before one.
    private Instant lastSign(RunState run, long before) {
        return entries.stream()
                .filter(entry -> entry.seq() < before && run.info.id().equals(entry.runId()))
                .reduce((first, second) -> second)
                .orElseThrow()
                .time();
    }
}
