package dev.dwata.persistence;

import dev.dwata.agent.store.Projection;
import dev.dwata.agent.store.Projection.MessageAdded;
import dev.dwata.agent.store.Projection.RunChange;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The log of one session, written anew entry by entry, with what follows from each. Where entries are missing
/// one of the type `lost` stands for them, so that the numbers go on without a gap and nobody takes what is
/// left for the whole.
final class RebuiltLog {
    private static final String INSERT =
            "INSERT INTO session_log (session, seq, time, run, type, payload, first_seq) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final Handle handle;
    private final Projector projector;
    private final OpenSession session;
    private final LongFunction<OpenRun> runs;
    private final Losses losses;
    private long time;

    /// @param runs gives a run by its key; makes up one that is lost
    RebuiltLog(
            Handle handle,
            Projector projector,
            OpenSession session,
            LongFunction<OpenRun> runs,
            Losses losses,
            long time) {
        this.handle = handle;
        this.projector = projector;
        this.session = session;
        this.runs = runs;
        this.losses = losses;
        this.time = time;
    }

    /// @param row of the damaged log; the next by number
    void add(SavedRow row) {
        long seq = row.number("seq", 0);
        long first = row.number("first_seq", seq);
        AgentEvent event = event(row);
        if (event == null || first <= session.head || first > seq) {
            return; // what is not taken is missing before the next
        }
        fill(first - 1);
        time = row.number("time", time);
        Object key = row.value("run");
        OpenRun run = key instanceof Number number ? runs.apply(number.longValue()) : null;
        handle.execute(
                INSERT,
                session.key,
                seq,
                time,
                run == null ? null : run.key,
                EventCodec.name(event),
                row.value("payload"),
                first == seq ? null : first);
        session.head = seq;
        project(
                new Envelope(session.id, seq, Instant.ofEpochMilli(time), run == null ? null : run.id, event, first),
                run);
    }

    /// Stands in for everything up to a number, as far as it is not there.
    void fill(long to) {
        long from = session.head + 1;
        if (to < from) {
            return;
        }
        String payload = "{\"entries\":" + (to - from + 1) + "}";
        handle.execute(INSERT, session.key, to, time, null, "lost", payload, from == to ? null : from);
        session.head = to;
        losses.add("session " + session.id + ": "
                + (from == to ? "entry " + to + " is lost" : "entries " + from + " to " + to + " are lost"));
    }

    private static @Nullable AgentEvent event(SavedRow row) {
        try {
            return EventCodec.read(row.text("type", ""), row.text("payload", ""));
        } catch (JacksonException e) {
            return null;
        }
    }

    private void project(Envelope entry, @Nullable OpenRun run) {
        try {
            for (Projection.Change change : Projection.of(entry)) {
                switch (change) {
                    case MessageAdded added -> projector.add(added, session, run, entry);
                    case RunChange ofRun -> {
                        if (run != null) {
                            projector.apply(ofRun, session, run, entry);
                        }
                    }
                }
            }
        } catch (AgentException | JdbiException e) { // it follows from something that is lost
            losses.add("session " + session.id + ": entry " + entry.seq()
                    + " is kept, and what follows from it is not (" + e.getMessage() + ")");
        }
    }
}
