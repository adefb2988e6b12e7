package dev.dwata.persistence;

import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.ClaimLostException;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Projection;
import dev.dwata.agent.store.Projection.MessageAdded;
import dev.dwata.agent.store.Projection.RunChange;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.ItemId;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one transaction has seen and appended so far. What it remembers of sessions and runs holds only as long
/// as it lasts: another process may write before the next.
final class Transaction {
    final Handle handle;

    private final InstantSource clock;
    private final LogRows rows;
    private final Projector projector;
    private final Map<SessionId, OpenSession> sessions = new HashMap<>();
    private final Map<RunId, OpenRun> runs = new HashMap<>();
    private final List<Envelope> entries = new ArrayList<>();

    /// @param rows over the same handle; each transaction begins them anew
    Transaction(Handle handle, LogRows rows, InstantSource clock) {
        this.handle = handle;
        this.clock = clock;
        this.rows = rows;
        rows.clear();
        this.projector = new Projector(handle, rows);
    }

    /// To the millisecond.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// What is to be told to the listeners, in order.
    List<Envelope> entries() {
        return List.copyOf(entries);
    }

    void flush() {
        rows.flush();
    }

    /// @throws dev.dwata.types.AgentException with `NotFound`
    OpenSession session(SessionId id) {
        OpenSession known = sessions.get(id);
        if (known == null) {
            known = handle.createQuery("""
                            SELECT id, owner, coalesce((SELECT max(seq) FROM session_log WHERE session = s.id), 0) AS head
                            FROM sessions s WHERE public_id = :id""")
                    .bind("id", id.value())
                    .map((row, context) -> new OpenSession(
                            row.getLong("id"), id, new Principal(row.getString("owner")), row.getLong("head")))
                    .findOne()
                    .orElseThrow(() -> Refusal.noSession(id));
            sessions.put(id, known);
        }
        return known;
    }

    /// @throws dev.dwata.types.AgentException with `NotFound`, also if it is somebody else's
    OpenSession session(Principal owner, SessionId id) {
        OpenSession session = session(id);
        if (!session.owner.equals(owner)) {
            throw Refusal.noSession(id);
        }
        return session;
    }

    /// @throws dev.dwata.types.AgentException with `NotFound`, also if it is another session's
    OpenRun run(OpenSession session, RunId id) {
        OpenRun known = runs.get(id);
        if (known == null) {
            known = handle.createQuery("""
                            SELECT id, session_id, epoch, ended_at IS NOT NULL AS is_over,
                              coalesce(root_run, public_id) AS root,
                              (SELECT s.public_id FROM agent_runs q JOIN sessions s ON s.id = q.session_id
                               WHERE q.public_id = r.root_run) AS root_session
                            FROM agent_runs r WHERE public_id = :id""")
                    .bind("id", id.value())
                    .map((row, context) -> new OpenRun(
                            row.getLong("id"),
                            id,
                            row.getLong("session_id"),
                            row.getLong("epoch"),
                            row.getBoolean("is_over"),
                            row.getString("root"),
                            row.getString("root_session")))
                    .findOne()
                    .orElseThrow(() -> Refusal.noRun(id, session.id));
            runs.put(id, known);
        }
        if (known.session != session.key) {
            throw Refusal.noRun(id, session.id);
        }
        return known;
    }

    /// @throws ClaimLostException if the run was claimed anew since, or is over
    OpenRun run(OpenSession session, Claim claim) {
        OpenRun run = run(session, claim.run());
        if (run.over || run.epoch != claim.epoch()) {
            throw new ClaimLostException(claim.run());
        }
        return run;
    }

    /// @throws dev.dwata.types.AgentException with `Conflict` if there is one with that id
    OpenSession create(SessionId id, Principal owner, NewSession wanted, Instant time) {
        ItemId item = wanted.ownItem();
        if (item != null && new ItemRows(handle).find(owner, item) == null) {
            throw Refusal.noItem(item);
        }
        int made = handle.createUpdate("""
                        INSERT INTO sessions (public_id, owner, title, is_titled, agent_name, model, created_at, updated_at,
                                              context_type, item_id, project_id, config, parent_run)
                        VALUES (:id, :owner, :title, :titled, :agent, :model, :time, :time,
                                :contextType, :itemId, :projectId, :config, :parent)
                        ON CONFLICT DO NOTHING""")
                .bind("id", id.value())
                .bind("owner", owner.id())
                .bind("title", wanted.titleOrDefault())
                .bind("titled", wanted.hasTitle())
                .bind("agent", wanted.agentOrDefault())
                .bind("model", wanted.model())
                .bind("time", time.toEpochMilli())
                .bind("contextType", wanted.contextType())
                .bind("itemId", wanted.itemId())
                .bind("projectId", wanted.projectId())
                .bind("config", wanted.config() == null ? null : wanted.config().toString())
                .bind("parent", wanted.parent() == null ? null : wanted.parent().value())
                .execute();
        if (made == 0) {
            throw Refusal.sessionExists(id);
        }
        return session(id);
    }

    /// What was seen of the run holds no longer.
    void forget(RunId run) {
        runs.remove(run);
    }

    /// What was seen holds no longer. To be called after [#flush].
    void forgetAll() {
        sessions.clear();
        runs.clear();
    }

    /// Numbers the event, unless it is live, stores it with what follows from it, and keeps it for the
    /// listeners.
    ///
    /// @param event clean
    /// @throws dev.dwata.types.AgentException if it is refused; then nothing was changed
    Envelope append(OpenSession session, @Nullable OpenRun run, AgentEvent event, String payload, Instant time) {
        if (run != null && run.over) {
            throw Refusal.runIsOver(run.id);
        }
        boolean live = event instanceof AgentEvent.Live;
        Envelope entry =
                new Envelope(session.id, live ? 0 : session.head + 1, time, run == null ? null : run.id, event);
        for (Projection.Change change : Projection.of(entry)) {
            switch (change) {
                case MessageAdded added -> projector.add(added, session, run, entry);
                case RunChange ofRun -> {
                    if (run == null) {
                        throw Refusal.needsRun(EventCodec.name(event));
                    }
                    projector.apply(ofRun, session, run, entry);
                }
            }
        }
        if (!live) {
            session.head++;
            rows.add(session, run, entry, payload);
        }
        entries.add(entry);
        return entry;
    }
}
