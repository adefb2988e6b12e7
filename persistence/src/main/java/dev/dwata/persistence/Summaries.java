package dev.dwata.persistence;

import dev.dwata.agent.store.Projection.ContextCut;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Summary;
import dev.dwata.agent.store.Transcript;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a model is shown of a session: the latest summary, and the messages since.
final class Summaries {
    /// `place` is that of the run in the conversation, or of the message itself where it belongs to none.
    private static final String COLUMNS = "SELECT " + Rows.MESSAGE + ", coalesce(r.admitted_seq, m.seq) AS place";

    private static final String IN_ORDER = " ORDER BY place, seq";
    private static final String MESSAGES = COLUMNS + " FROM agent_messages m LEFT JOIN agent_runs r ON r.id = m.run_id";

    private static final String ALL = MESSAGES + " WHERE m.session_id = :session" + IN_ORDER;

    private static final String OF_RUN = COLUMNS
            + " FROM agent_runs r CROSS JOIN agent_messages m ON m.run_id = r.id WHERE r.session_id = :session AND ";

    /// Asks run by run, in this order (which `CROSS JOIN` means to SQLite), so that what was left out is not
    /// read.
    private static final String KEPT = OF_RUN + "r.admitted_seq > :run UNION ALL " + OF_RUN
            + "r.admitted_seq = :run AND m.seq >= :seq UNION ALL " + MESSAGES
            + " WHERE m.session_id = :session AND m.seq >= :seq AND m.run_id IS NULL" + IN_ORDER;

    private final Handle handle;

    Summaries(Handle handle) {
        this.handle = handle;
    }

    private record Facts(List<String> filesRead, List<String> filesChanged, List<String> openTasks, long seq) {}

    /// Where the messages begin that are kept.
    ///
    /// @param run the number of the entry that admitted the run of the first
    private record Cut(long run, long seq) {}

    /// @param summary absent: everything is kept
    private record Latest(long session, @Nullable Summary summary, Cut cut) {}

    /// @throws dev.dwata.types.AgentException with `NotFound` if the first message to be kept is not there
    void cut(ContextCut cut, OpenSession session, OpenRun run, Envelope entry) {
        Cut kept = cut.firstKept() == null ? from(run, entry) : from(cut.firstKept(), session);
        Summary summary = cut.summary();
        Facts facts = new Facts(summary.filesRead(), summary.filesChanged(), summary.openTasks(), summary.seq());
        handle.createUpdate("""
                        UPDATE sessions SET summary = :summary, summary_facts = :facts, kept_run_seq = :run, kept_seq = :seq
                        WHERE id = :session""")
                .bind("summary", summary.text())
                .bind("facts", Json.MAPPER.writeValueAsString(facts))
                .bind("run", kept.run)
                .bind("seq", kept.seq)
                .bind("session", session.key)
                .execute();
    }

    private Cut from(OpenRun run, Envelope entry) {
        return handle.createQuery("SELECT admitted_seq FROM agent_runs WHERE id = ?")
                .bind(0, run.key)
                .map((row, context) -> new Cut(row.getLong(1), entry.seq()))
                .one();
    }

    private Cut from(MessageId first, OpenSession session) {
        return handle.createQuery("""
                        SELECT coalesce(r.admitted_seq, m.seq), m.seq
                        FROM agent_messages m LEFT JOIN agent_runs r ON r.id = m.run_id
                        WHERE m.public_id = ? AND m.session_id = ?""")
                .bind(0, first.value())
                .bind(1, session.key)
                .map((row, context) -> new Cut(row.getLong(1), row.getLong(2)))
                .findOne()
                .orElseThrow(() -> Refusal.noMessage(first, session.id));
    }

    Transcript transcript(SessionId id) {
        Latest latest = handle.createQuery(
                        "SELECT id, summary, summary_facts, kept_run_seq, kept_seq FROM sessions WHERE public_id = ?")
                .bind(0, id.value())
                .map((row, context) -> latest(row))
                .findOne()
                .orElse(null);
        if (latest == null) {
            return new Transcript(null, List.of());
        }
        return new Transcript(
                latest.summary,
                handle.createQuery(latest.summary == null ? ALL : KEPT)
                        .bind("session", latest.session)
                        .bind("run", latest.cut.run)
                        .bind("seq", latest.cut.seq)
                        .map((row, context) -> Rows.message(row, id))
                        .list());
    }

    private static Latest latest(ResultSet row) throws SQLException {
        String text = row.getString("summary");
        Cut cut = new Cut(row.getLong("kept_run_seq"), row.getLong("kept_seq"));
        if (text == null) {
            return new Latest(row.getLong("id"), null, cut);
        }
        Facts facts = Json.MAPPER.readValue(row.getString("summary_facts"), Facts.class);
        Summary summary = new Summary(text, facts.filesRead, facts.filesChanged, facts.openTasks, facts.seq);
        return new Latest(row.getLong("id"), summary, cut);
    }
}
