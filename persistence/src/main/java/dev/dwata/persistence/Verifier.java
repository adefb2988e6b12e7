package dev.dwata.persistence;

import dev.dwata.agent.context.Normaliser;
import dev.dwata.types.Message;
import dev.dwata.types.SessionId;
import dev.dwata.types.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Looks for whatever contradicts what the store promises: in the file, in the logs, and between the logs and
/// what follows from them. Reads only, one state of the database, and so on a running system, too.
final class Verifier {
    private static final String TERMINAL =
            "(type IN ('final', 'cancelled') OR (type = 'error' AND json_valid(payload) AND payload ->> '$.fatal' = 1))";

    /// Each row of each is a problem, in words.
    private static final List<String> QUESTIONS = List.of(
            """
            SELECT 'session ' || coalesce(s.public_id, e.session) || ' has no entries ' || (e.before + 1) || ' to ' || (e.first - 1)
            FROM (SELECT session, coalesce(first_seq, seq) AS first,
                         lag(seq, 1, 0) OVER (PARTITION BY session ORDER BY seq) AS before FROM session_log) e
            LEFT JOIN sessions s ON s.id = e.session WHERE e.first > e.before + 1""",
            """
            SELECT 'session ' || coalesce(s.public_id, e.session) || ' has entry ' || e.first || ' twice'
            FROM (SELECT session, coalesce(first_seq, seq) AS first,
                         lag(seq, 1, 0) OVER (PARTITION BY session ORDER BY seq) AS before FROM session_log) e
            LEFT JOIN sessions s ON s.id = e.session WHERE e.first <= e.before""",
            """
            SELECT 'entry ' || e.seq || ' of session ' || coalesce(s.public_id, e.session) || ' is not JSON'
            FROM session_log e LEFT JOIN sessions s ON s.id = e.session WHERE NOT json_valid(e.payload)""",
            """
            SELECT 'entry ' || e.seq || ' of session ' || coalesce(s.public_id, e.session) || ' is of a run that is not there'
            FROM session_log e LEFT JOIN sessions s ON s.id = e.session LEFT JOIN agent_runs r ON r.id = e.run
            WHERE e.run IS NOT NULL AND (r.id IS NULL OR r.session_id <> e.session)""",
            "WITH ends AS (SELECT run, count(*) AS number, max(seq) AS seq, max(type) AS type FROM session_log"
                    + " WHERE run IS NOT NULL AND " + TERMINAL + " GROUP BY run),"
                    + """
             lasts AS (SELECT run, max(seq) AS seq FROM session_log WHERE run IS NOT NULL GROUP BY run)
            SELECT 'run ' || r.public_id || CASE
                WHEN r.ended_at IS NULL THEN ' is ' || r.status || ' and has a last event'
                WHEN e.number IS NULL THEN ' is ' || r.status || ' and has no last event'
                WHEN e.number > 1 THEN ' has ' || e.number || ' last events'
                WHEN e.seq < l.seq THEN ' has entries after its last event'
                ELSE ' is ' || r.status || ' and its last event is ' || e.type END
            FROM agent_runs r LEFT JOIN ends e ON e.run = r.id LEFT JOIN lasts l ON l.run = r.id
            WHERE (r.ended_at IS NULL AND e.number IS NOT NULL)
               OR (r.ended_at IS NOT NULL AND (e.number IS NULL OR e.number > 1 OR e.seq < l.seq
                   OR (r.status = 'completed') <> (e.type = 'final') OR (r.status = 'cancelled') <> (e.type = 'cancelled')))""",
            """
            SELECT 'tool call ' || c.tool_call_id || ' is ' || c.status || ', and its run ' || coalesce(r.public_id, c.run_id)
                   || ' is ' || coalesce(r.status, 'not there')
            FROM agent_tool_calls c LEFT JOIN agent_runs r ON r.id = c.run_id
            WHERE c.status IN ('pending', 'awaiting_approval', 'executing') AND (r.id IS NULL OR r.ended_at IS NOT NULL)""",
            """
            SELECT 'input request ' || q.public_id || ' is open, and its run ' || r.public_id || ' is ' || r.status
            FROM input_requests q JOIN agent_runs r ON r.id = q.run_id
            WHERE q.resolved_at IS NULL AND r.status IN ('queued', 'running')""",
            """
            SELECT 'run ' || r.public_id || ' waits for input, and none of its input requests is open' FROM agent_runs r
            WHERE r.status = 'waiting_input'
              AND NOT EXISTS (SELECT 1 FROM input_requests q WHERE q.run_id = r.id AND q.resolved_at IS NULL)""",
            """
            SELECT 'message ' || m.public_id || ' of session ' || coalesce(s.public_id, m.session_id) || ' is of no entry'
            FROM agent_messages m LEFT JOIN sessions s ON s.id = m.session_id
            WHERE coalesce((SELECT coalesce(first_seq, seq) FROM session_log
                            WHERE session = m.session_id AND seq >= m.seq ORDER BY seq LIMIT 1), m.seq + 1) > m.seq""",
            """
            SELECT 'entry ' || e.seq || ' of session ' || coalesce(s.public_id, e.session) || ' (' || e.type || ') has left no message'
            FROM session_log e LEFT JOIN sessions s ON s.id = e.session
            WHERE e.type IN ('message', 'turn', 'tool_result')
              AND NOT EXISTS (SELECT 1 FROM agent_messages m WHERE m.session_id = e.session AND m.seq = e.seq)""",
            """
            SELECT 'session ' || s.public_id || ' counts ' || s.message_count || ' messages and has ' || coalesce(m.number, 0)
            FROM sessions s LEFT JOIN (SELECT session_id, count(*) AS number FROM agent_messages
                                       WHERE role IN ('user', 'assistant') GROUP BY session_id) m ON m.session_id = s.id
            WHERE s.message_count <> coalesce(m.number, 0)""",
            """
            SELECT 'session ' || s.public_id || ' has made ' || e.number || ' tool calls and has ' || coalesce(c.number, 0)
            FROM (SELECT session, count(*) AS number FROM session_log WHERE type = 'tool_call' GROUP BY session) e
            JOIN sessions s ON s.id = e.session
            LEFT JOIN (SELECT session_id, count(*) AS number FROM agent_tool_calls GROUP BY session_id) c ON c.session_id = s.id
            WHERE e.number <> coalesce(c.number, 0)""",
            """
            SELECT 'session ' || s.public_id || ' refers to attachment ' || u.attachment || ', which is not there'
            FROM attachment_uses u JOIN sessions s ON s.id = u.session_id
            WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.owner = u.owner AND a.id = u.attachment)""",
            """
            SELECT 'stream ' || s.path || ' of ' || s.owner || ' ends at ' || s.tail || ', and holds what ends at ' || c.last
            FROM (SELECT stream, max(position) AS last FROM stream_chunks GROUP BY stream) c
            JOIN streams s ON s.id = c.stream WHERE c.last > s.tail""");

    private final Handle handle;
    private final AttachmentFiles files;
    private final List<String> problems = new ArrayList<>();
    private long more;

    Verifier(Handle handle, AttachmentFiles files) {
        this.files = files;
        this.handle = handle;
    }

    Verification verify() {
        handle.execute("BEGIN");
        try {
            int schema = number("PRAGMA user_version");
            guarded("the file", () -> {
                add("PRAGMA integrity_check(" + Verification.MOST_PROBLEMS + ")", "the file: ", "ok");
                foreignKeys();
            });
            if (schema == Migrations.LATEST) {
                QUESTIONS.forEach(question -> guarded("the logs", () -> add(question, "", null)));
                guarded("the messages", this::histories);
                guarded("the audit", this::audit);
                guarded("the attachments", () -> new AttachmentRows(handle).verify(files, this::problem));
            }
            Counts[] counts = {new Counts(0, 0, 0, 0)};
            guarded("the tables", () -> counts[0] = Counts.of(handle));
            long[] open = {0};
            if (schema > 0) {
                guarded("the runs", () -> open[0] = number("SELECT count(*) FROM agent_runs WHERE ended_at IS NULL"));
            }
            return new Verification(schema, counts[0], open[0], problems, more);
        } finally {
            guarded("the database", () -> handle.execute("COMMIT"));
        }
    }

    /// What cannot be read is a problem like others.
    private void guarded(String what, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException e) {
            if (!StorageErrors.isDamage(e)) {
                throw e;
            }
            problem(what + " cannot be read to the end (" + StorageErrors.name(e) + ")");
        }
    }

    private void add(String question, String before, @Nullable String fine) {
        handle.createQuery(question).map((row, context) -> row.getString(1)).forEach(found -> {
            if (!found.equals(fine)) {
                problem(before + found);
            }
        });
    }

    private void audit() {
        String found = new AuditLook(handle).problem();
        if (found != null) {
            problem(found);
        }
    }

    private void foreignKeys() {
        handle.createQuery("PRAGMA foreign_key_check")
                .map((row, context) -> "row " + row.getString(2) + " of " + row.getString(1) + " refers to nothing in "
                        + row.getString(3))
                .forEach(this::problem);
    }

    /// What a model is shown of each session must be something that stays as it is when it is made legal again.
    private void histories() {
        List<String> sessions = handle.createQuery("SELECT public_id FROM sessions ORDER BY id")
                .map((row, context) -> row.getString(1))
                .list();
        for (String session : sessions) {
            try {
                List<Message> history = history(new SessionId(session));
                List<Message> legal = Normaliser.normalise(history);
                if (!Normaliser.normalise(legal).equals(legal)) {
                    problem("the history of session " + session + " cannot be made one that a model takes");
                }
            } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
                problem("the messages of session " + session + " cannot be read: " + e.getMessage());
            }
        }
    }

    private List<Message> history(SessionId session) {
        return handle
                .createQuery("SELECT " + Rows.MESSAGE + """
                         FROM agent_messages m LEFT JOIN agent_runs r ON r.id = m.run_id
                        WHERE m.session_id = (SELECT id FROM sessions WHERE public_id = ?) ORDER BY m.seq, m.id""")
                .bind(0, session.value())
                .map((row, context) -> Rows.message(row, session))
                .list()
                .stream()
                .filter(message -> !message.partial())
                .map(StoredMessage::message)
                .toList();
    }

    private int number(String query) {
        return handle.createQuery(query).map((row, context) -> row.getInt(1)).one();
    }

    private void problem(String line) {
        if (problems.size() < Verification.MOST_PROBLEMS) {
            problems.add(line.strip().replaceAll("\\s*\\R\\s*", "; "));
        } else {
            more++;
        }
    }
}
