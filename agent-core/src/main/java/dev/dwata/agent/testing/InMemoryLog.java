package dev.dwata.agent.testing;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.ClaimLostException;
import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.testing.StoredState.Committed;
import dev.dwata.agent.testing.StoredState.KeyOfOwner;
import dev.dwata.agent.testing.StoredState.UsedKey;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class InMemoryLog implements SessionLog {
    private final StoredState state;

    InMemoryLog(StoredState state) {
        this.state = state;
    }

    @Override
    public Admitted admit(Admission admission) throws InterruptedException {
        MessageReceived message = CleanText.of(admission.message());
        return state.commit(() -> take(admission, message));
    }

    private Committed<Admitted> take(Admission admission, MessageReceived message) {
        RunInfo earlier = earlier(admission);
        if (earlier != null) {
            return new Committed<>(new Admitted(earlier, true, 0), null);
        }
        if (state.runs.containsKey(admission.run())) {
            throw Refusal.runExists(admission.run());
        }
        if (state.messageIds.contains(message.messageId())) {
            throw Refusal.messageExists(message.messageId());
        }
        for (String id : Attachment.idsIn(message.message().parts())) {
            if (!state.attachments.containsKey(new StoredState.Owned(admission.owner(), id))) {
                throw Refusal.noAttachment(id);
            }
        }
        Instant now = state.now();
        SessionState session = session(admission, now);
        int ahead = (int) session.runs.stream().filter(RunState::isAhead).count();
        RunState run = new RunState(queued(admission, session, message.content(), now), admission.outputSchema());
        Envelope entry = session.append(run, message, now, state.messageIds);
        session.runs.add(run);
        state.runs.put(admission.run(), run);
        if (admission.idempotencyKey() != null) {
            IdempotencyKey key = admission.idempotencyKey();
            state.keys.put(KeyOfOwner.of(admission.owner(), key), new UsedKey(key.payloadDigest(), admission.run()));
        }
        return new Committed<>(new Admitted(run.info, false, ahead), entry);
    }

    private @Nullable RunInfo earlier(Admission admission) {
        IdempotencyKey key = admission.idempotencyKey();
        UsedKey used = key == null ? null : state.keys.get(KeyOfOwner.of(admission.owner(), key));
        if (key == null || used == null) {
            return null;
        }
        if (!used.payloadDigest().equals(key.payloadDigest())) {
            throw Refusal.keyUsed(key);
        }
        return Objects.requireNonNull(state.runs.get(used.run())).info;
    }

    private SessionState session(Admission admission, Instant now) {
        NewSession wanted = admission.newSession();
        if (wanted == null) {
            return state.session(admission.owner(), admission.session());
        }
        return state.create(admission.session(), admission.owner(), CleanText.of(wanted), now);
    }

    private RunInfo queued(Admission admission, SessionState session, String message, Instant now) {
        RunState maker = session.parent() == null ? null : state.runs.get(session.parent());
        RunInfo parent = maker == null || maker.info.status().isFinal() ? null : maker.info;
        return new RunInfo(
                admission.run(),
                admission.session(),
                admission.owner(),
                RunStatus.QUEUED,
                session.head() + 1,
                message,
                CleanText.of(admission.agentName()),
                CleanText.ofNullable(admission.model()),
                now,
                null,
                null,
                null,
                TokenUsage.ZERO,
                0,
                parent == null ? null : parent.id(),
                parent == null ? admission.run() : parent.rootRunId(),
                parent == null ? 0 : parent.depth() + 1);
    }

    @Override
    public void append(SessionId session, @Nullable RunId run, AgentEvent event) throws InterruptedException {
        AgentEvent clean = CleanText.of(event);
        state.commit(() -> {
            SessionState in = state.session(session);
            RunState of = run == null ? null : state.run(session, run);
            Envelope entry = in.append(of, clean, state.now(), state.messageIds);
            return new Committed<>(entry, entry);
        });
    }

    @Override
    public void append(Claim claim, AgentEvent event) throws InterruptedException {
        AgentEvent clean = CleanText.of(event);
        state.commit(() -> {
            SessionState in = state.session(claim.session());
            RunState of = state.run(claim.session(), claim.run());
            if (!of.isHeldBy(claim)) {
                throw new ClaimLostException(claim.run());
            }
            Envelope entry = in.append(of, clean, state.now(), state.messageIds);
            return new Committed<>(entry, entry);
        });
    }

    @Override
    public List<Envelope> read(SessionId session, long afterSeq, int limit) {
        return state.locked(() -> {
            SessionState found = state.sessions.get(session);
            return found == null ? List.of() : found.after(afterSeq, limit);
        });
    }

    @Override
    public long headSeq(SessionId session) {
        return state.locked(() -> {
            SessionState found = state.sessions.get(session);
            return found == null ? 0L : found.head();
        });
    }

    @Override
    public int compact(Instant endedBefore, int mostRuns) throws InterruptedException {
        int done = 0;
        while (done < mostRuns && state.locked(() -> compactOne(endedBefore))) {
            done++;
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted after " + done + " runs were compacted");
            }
        }
        return done;
    }

    private boolean compactOne(Instant endedBefore) {
        for (RunState run : state.runs.values()) {
            Instant end = run.info.endedAt();
            if (!run.compacted && end != null && end.isBefore(endedBefore)) {
                state.session(run.info.sessionId()).compact(run.info.id());
                run.compacted = true;
                return true;
            }
        }
        return false;
    }

    @Override
    public void listen(CommitListener listener) {
        state.listen(listener);
    }
}
