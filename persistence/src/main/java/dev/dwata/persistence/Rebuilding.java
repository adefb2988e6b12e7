package dev.dwata.persistence;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Fills a new database with everything that can still be read of a damaged one. The log is the truth:
/// messages, tool calls and the ends of runs are made from it anew, and only what it has lost is taken from the
/// other tables.
final class Rebuilding {
    private static final List<String> COUNTED =
            List.of("input_tokens", "output_tokens", "cached_tokens", "cache_write_tokens", "turns");

    private final Handle target;
    private final Projector projector;
    private final Scan scan;
    private final AttachmentFiles files;
    private final InstantSource clock;
    private final Losses losses = new Losses();
    private final Map<Long, SavedRow> sessions = new LinkedHashMap<>();
    private final Map<Long, SavedRow> runRows = new LinkedHashMap<>();
    private final Map<Long, OpenRun> runs = new HashMap<>();
    private final Map<Long, RebuiltLog> logs = new HashMap<>();

    /// @param target empty, of this version's schema
    /// @param files  of the damaged one, which stay where they are
    Rebuilding(Handle damaged, Handle target, AttachmentFiles files, InstantSource clock) {
        this.files = files;
        this.target = target;
        this.projector = new Projector(target, new LogRows(target));
        this.scan = new Scan(damaged);
        this.clock = clock;
    }

    Losses losses() {
        return losses;
    }

    void rebuild() {
        target.useTransaction(handle -> {
            table("sessions", () -> scan.read("sessions", "id", this::session));
            table("agent_runs", () -> scan.read("agent_runs", "id", this::run));
            table("session_log", this::logs);
            table("agent_messages", () -> scan.read("agent_messages", "id", this::message));
            table("memory", () -> scan.read("memory", "id", row -> copy("memory", row)));
            items();
            RebuiltAudit audit = new RebuiltAudit(target, losses);
            table("audit", () -> scan.read("audit", "id", audit::add));
            audit.chain();
            consent();
            callers();
            table(
                    "idempotency",
                    () -> scan.readEnds("idempotency", row -> copy("idempotency", row), "owner", "method", "key"));
            table("attachments", () -> scan.readEnds("attachments", row -> copy("attachments", row), "owner", "id"));
            new AttachmentRows(target).rebuild(files);
            streams();
            restoreLists();
            ledger("usage_daily", "owner", "day", "model");
            ledger("spending", "scope", "key");
        });
        end();
    }

    private void items() {
        if (scan.has("items")) {
            table("items", () -> scan.read("items", "id", row -> copy("items", row)));
            table(
                    "item_versions",
                    () -> scan.readEnds("item_versions", row -> copy("item_versions", row), "item_id", "version"));
            target.execute("INSERT INTO sqlite_sequence (name, seq) SELECT 'item_changes', coalesce(max(changed), 0)"
                    + " FROM items"); // what is changed from now on was changed later
        }
    }

    /// A rule that was revoked stays so, though the log still has the answer that made it. Who is missing
    /// of the children is found no more.
    private void consent() {
        if (scan.has("policy_rules")) {
            target.execute("DELETE FROM policy_rules");
            table("policy_rules", () -> scan.read("policy_rules", "id", row -> copy("policy_rules", row)));
            table("children", () -> scan.readEnds("children", row -> copy("children", row), "marker"));
        }
    }

    /// A fork whose source is lost is lost, too: it would begin with a hole.
    private void streams() {
        if (scan.has("streams")) {
            table("streams", () -> scan.read("streams", "id", row -> copy("streams", row)));
            table("stream_chunks", () -> scan.read("stream_chunks", "id", row -> copy("stream_chunks", row)));
            table(
                    "stream_producers",
                    () -> scan.readEnds(
                            "stream_producers", row -> copy("stream_producers", row), "stream", "producer"));
            table(
                    "stream_subscriptions",
                    () -> scan.readEnds(
                            "stream_subscriptions", row -> copy("stream_subscriptions", row), "owner", "name"));
            table("stream_key", () -> scan.read("stream_key", "only_row", row -> copy("stream_key", row)));
        }
    }

    /// A token whose end cannot be read holds no more: nobody is let in by a guess.
    private void callers() {
        if (scan.has("tokens")) {
            table("tokens", () -> scan.readEnds("tokens", row -> copy("tokens", row), "id"));
        }
    }

    private void table(String name, Runnable reading) {
        int before = scan.gaps();
        reading.run();
        if (scan.gaps() > before) {
            losses.add("table " + name + ": " + (scan.gaps() - before) + " places cannot be read");
        }
    }

    private void copy(String table, SavedRow row) {
        if (!row.insert(target, table)) {
            losses.add("table " + table + ": a row makes no sense and is left out");
        }
    }

    /// What was used, as it was where that is known: the logs that are left tell of less.
    private void ledger(String table, String... key) {
        String where = " WHERE " + String.join(" = ? AND ", key) + " = ?";
        if (scan.has(table)) {
            table(
                    table,
                    () -> scan.readEnds(
                            table,
                            row -> {
                                target.execute(
                                        "DELETE FROM " + table + where,
                                        Arrays.stream(key).map(row::value).toArray());
                                copy(table, row);
                            },
                            key));
        }
    }

    private void session(SavedRow row) {
        SavedRow begun = row.copy();
        begun.put("message_count", 0L);
        begun.put("status", "active");
        long key = row.number("id", 0);
        if (isId(row, SessionId::new) && begun.insert(target, "sessions")) {
            sessions.put(key, row);
        } else {
            losses.add("table sessions: row " + key + " makes no sense");
        }
    }

    private static boolean isId(SavedRow row, Function<String, Object> type) {
        try {
            return type.apply(row.text("public_id", "")) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void run(SavedRow row) {
        SavedRow begun = row.copy();
        begun.put("status", "queued");
        begun.remove("ended_at");
        begun.remove("error");
        for (String counted : COUNTED) {
            begun.put(counted, 0L);
        }
        begun.remove("cost_usd");
        long key = row.number("id", 0);
        long session = row.number("session_id", 0);
        String id = row.text("public_id", "");
        if (isId(row, RunId::new) && begun.insert(target, "agent_runs") && sessions.containsKey(session)) {
            runRows.put(key, row);
            String root = row.text("root_run", id);
            runs.put(key, new OpenRun(key, new RunId(id), session, row.number("epoch", 0), false, root, null));
        } else {
            losses.add("table agent_runs: row " + key + " makes no sense");
        }
    }

    private void logs() {
        TreeSet<Long> keys = new TreeSet<>(sessions.keySet());
        keys.addAll(scan.keys("session_log", "session"));
        for (long key : keys) {
            if (!sessions.containsKey(key)) {
                makeUp(key);
            }
            RebuiltLog log = log(key);
            scan.read("session_log WHERE session = " + key, "seq", log::add);
        }
        runRows.forEach((key, row) -> log(row.number("session_id", 0)).fill(row.number("admitted_seq", 0)));
    }

    private RebuiltLog log(long session) {
        return logs.computeIfAbsent(session, key -> {
            SavedRow row = Objects.requireNonNull(sessions.get(key));
            OpenSession open = new OpenSession(
                    key,
                    new SessionId(row.text("public_id", "")),
                    new Principal(row.text("owner", Principal.LOCAL.id())),
                    0);
            return new RebuiltLog(
                    target, projector, open, run -> openRun(run, key), losses, row.number("created_at", 0));
        });
    }

    /// A session of which nothing but its log is left.
    private void makeUp(long key) {
        SavedRow row = new SavedRow();
        row.put("id", key);
        row.put("public_id", SessionId.create().value());
        row.put("owner", Principal.LOCAL.id());
        row.put("title", "Recovered session " + key);
        row.put("is_titled", 1L);
        row.put("agent_name", "default");
        row.put("created_at", clock.millis());
        row.put("updated_at", clock.millis());
        losses.add("session " + row.value("public_id") + ": its id, title and owner are lost, its log is not");
        row.insert(target, "sessions");
        sessions.put(key, row);
    }

    private OpenRun openRun(long key, long session) {
        OpenRun known = runs.get(key);
        if (known != null && known.session == session) {
            return known;
        }
        SavedRow row = new SavedRow();
        RunId id = RunId.create();
        if (known == null) {
            row.put("id", key);
        }
        row.put("public_id", id.value());
        row.put("session_id", session);
        row.put("owner", Principal.LOCAL.id());
        row.put("instance_id", "");
        row.put("admitted_seq", 1L);
        row.put("request", "");
        row.put("agent_name", "default");
        row.put("created_at", clock.millis());
        row.insert(target, "agent_runs");
        losses.add("run " + id + ": its id is lost, what it did is not");
        long made = target.createQuery("SELECT id FROM agent_runs WHERE public_id = ?")
                .bind(0, id.value())
                .map((found, context) -> found.getLong(1))
                .one();
        OpenRun run = new OpenRun(made, id, session, 0, false);
        runs.put(key, run);
        return run;
    }

    /// A message whose entry is lost is still worth having.
    private void message(SavedRow row) {
        long session = row.number("session_id", 0);
        long seq = row.number("seq", 0);
        if (!sessions.containsKey(session) || seq < 1) {
            return;
        }
        boolean isThere = target.createQuery(
                                "SELECT count(*) FROM agent_messages WHERE (session_id = ? AND seq = ? AND role = ?) OR public_id = ?")
                        .bind(0, session)
                        .bind(1, seq)
                        .bind(2, row.text("role", ""))
                        .bind(3, row.text("public_id", ""))
                        .map((found, context) -> found.getInt(1))
                        .one()
                > 0;
        if (!isThere) {
            log(session).fill(seq);
            SavedRow kept = row.copy();
            kept.remove("id");
            if (!runs.containsKey(row.number("run_id", 0))) {
                kept.remove("run_id");
            }
            copy("agent_messages", kept);
        }
    }

    /// What people see of sessions and runs is as it was, where that is known.
    private void restoreLists() {
        sessions.forEach((key, row) -> target.execute(
                """
                UPDATE sessions SET title = ?, is_titled = ?, status = ?, last_message = ?, updated_at = ?,
                  message_count = (SELECT count(*) FROM agent_messages
                                   WHERE session_id = sessions.id AND role IN ('user', 'assistant'))
                WHERE id = ?""",
                row.value("title"),
                row.value("is_titled"),
                row.text("status", "active"),
                row.value("last_message"),
                row.value("updated_at"),
                key));
        runRows.forEach((key, row) -> target.execute(
                """
                UPDATE agent_runs SET started_at = ?, input_tokens = ?, output_tokens = ?, cached_tokens = ?, cost_usd = ?,
                  turns = ?, cache_write_tokens = ? WHERE id = ?""",
                row.value("started_at"),
                row.number("input_tokens", 0),
                row.number("output_tokens", 0),
                row.number("cached_tokens", 0),
                row.value("cost_usd"),
                row.number("turns", 0),
                row.number("cache_write_tokens", 0),
                key));
    }

    /// A run that was over and whose last event is lost gets one that says so.
    private void end() {
        RunFailed event = new RunFailed(
                new AgentError.Internal("the run was over; how it ended was lost when the database was damaged"));
        target.useTransaction(handle -> {
            Transaction transaction = new Transaction(target, new LogRows(target), clock);
            runRows.forEach((key, row) -> {
                OpenRun run = Objects.requireNonNull(runs.get(key));
                boolean ended = row.value("ended_at") instanceof Number;
                if (ended && !run.over) {
                    OpenSession session = transaction.session(new SessionId(
                            Objects.requireNonNull(sessions.get(run.session)).text("public_id", "")));
                    transaction.append(
                            session,
                            transaction.run(session, run.id),
                            event,
                            EventCodec.payload(event),
                            transaction.now());
                    losses.add("run " + run.id + ": how it ended is lost");
                }
            });
            transaction.flush();
        });
    }
}
