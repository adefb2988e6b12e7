package dev.dwata.persistence;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Transcript;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class SqliteSessions implements Sessions {
    private static final String MESSAGES =
            "SELECT " + Rows.MESSAGE + " FROM agent_messages m LEFT JOIN agent_runs r ON r.id = m.run_id WHERE ";

    /// A session, and those that its runs have made.
    private static final String DOOMED = """
            WITH RECURSIVE doomed (id) AS (
              SELECT ? UNION
              SELECT c.id FROM doomed d JOIN agent_runs r ON r.session_id = d.id JOIN sessions c ON c.parent_run = r.public_id)
            """;

    /// What owners and days have used stays.
    private static final List<String> DELETIONS = List.of("""
            DELETE FROM spending WHERE scope = 'session' AND key IN
              (SELECT public_id FROM sessions WHERE id IN doomed)""", """
            DELETE FROM spending WHERE scope = 'run' AND key IN
              (SELECT public_id FROM agent_runs WHERE session_id IN doomed)""", "DELETE FROM sessions WHERE id IN doomed");

    /// Those of one tree of runs have told each other what they know.
    private static final String USED = """
            WITH this (id) AS (SELECT id FROM sessions WHERE public_id = :session),
              roots (run) AS (SELECT coalesce(root_run, public_id) FROM agent_runs WHERE session_id IN this),
              bound (id) AS (SELECT id FROM this
                UNION SELECT session_id FROM agent_runs WHERE public_id IN roots
                UNION SELECT session_id FROM agent_runs WHERE root_run IN roots)
            SELECT EXISTS (SELECT 1 FROM agent_tool_calls WHERE status = 'completed' AND session_id IN bound
                           AND tool_name IN (SELECT value FROM json_each(:tools)))""";

    /// Message by message, which `CROSS JOIN` means to SQLite, so that no call of another is read.
    private static final String CALLS_OF_MESSAGES = """
             FROM json_each(:messages) j CROSS JOIN agent_messages m ON m.public_id = j.value
            CROSS JOIN agent_tool_calls c ON c.message_id = m.id JOIN agent_runs r ON r.id = c.run_id
            WHERE m.session_id = (SELECT id FROM sessions WHERE public_id = :session) ORDER BY c.id""";

    private final Writer writer;
    private final Readers readers;
    private final AttachmentFiles files;

    SqliteSessions(Writer writer, Readers readers, AttachmentFiles files) {
        this.files = files;
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public SessionInfo create(Principal owner, NewSession wanted) {
        SessionId id = SessionId.create();
        NewSession clean = CleanText.of(wanted);
        return writer.call(Safety.SYNCED, transaction -> {
            transaction.create(id, owner, clean, transaction.now());
            return find(transaction.handle, owner, id).orElseThrow();
        });
    }

    @Override
    public Optional<SessionInfo> find(Principal owner, SessionId id) {
        return readers.read(handle -> find(handle, owner, id));
    }

    @Override
    public boolean isTaken(SessionId id) {
        return readers.read(handle -> handle.createQuery("SELECT 1 FROM sessions WHERE public_id = :id")
                .bind("id", id.value())
                .map((row, context) -> true)
                .findOne()
                .isPresent());
    }

    private static Optional<SessionInfo> find(Handle handle, Principal owner, SessionId id) {
        return handle.createQuery(
                        "SELECT " + Rows.SESSION + " FROM sessions s WHERE s.public_id = :id AND s.owner = :owner")
                .bind("id", id.value())
                .bind("owner", owner.id())
                .map((row, context) -> Rows.session(row))
                .findOne();
    }

    @Override
    public SessionPage list(Principal owner, SessionQuery query) {
        return readers.read(handle -> new SessionList(handle, owner).page(query));
    }

    @Override
    public List<SessionHit> search(Principal owner, SessionSearch search) {
        return readers.read(handle -> new SessionList(handle, owner).hits(search));
    }

    @Override
    public SessionInfo update(Principal owner, SessionId id, Change change) {
        Change clean = CleanText.of(change);
        return writer.call(Safety.SYNCED, transaction -> {
            OpenSession session = transaction.session(owner, id);
            transaction
                    .handle
                    .createUpdate("""
                            UPDATE sessions
                            SET title = coalesce(:title, title), is_titled = is_titled OR :title IS NOT NULL,
                                status = coalesce(:status, status), model = coalesce(:model, model),
                                agent_name = coalesce(:agent, agent_name),
                                config = CASE WHEN :context IS NULL THEN config
                                  ELSE json_set(coalesce(config, '{}'), '$.context', json(:context)) END
                            WHERE id = :session""")
                    .bind("title", clean.title())
                    .bind(
                            "status",
                            clean.status() == null ? null : clean.status().wireName())
                    .bind("model", clean.model())
                    .bind("agent", clean.agentName())
                    .bind(
                            "context",
                            clean.context() == null ? null : clean.context().toString())
                    .bind("session", session.key)
                    .execute();
            transaction.flush();
            return find(transaction.handle, owner, id).orElseThrow();
        });
    }

    @Override
    public void purge(Principal owner, SessionId id) {
        writer.call(Safety.SYNCED, transaction -> {
            OpenSession session = transaction.session(owner, id);
            boolean busy = transaction
                    .handle
                    .createQuery(
                            DOOMED + "SELECT 1 FROM agent_runs WHERE session_id IN doomed AND ended_at IS NULL LIMIT 1")
                    .bind(0, session.key)
                    .map((row, context) -> true)
                    .findOne()
                    .isPresent();
            if (busy) {
                throw Refusal.runNotOver(id);
            }
            transaction.flush();
            transaction.forgetAll();
            for (String deletion : DELETIONS) {
                transaction.handle.execute(DOOMED + deletion, session.key);
            }
            return session;
        });
        files.deleteUnowned(writer);
    }

    @Override
    public MessagePage messages(SessionId id, int limit, @Nullable MessageId before) {
        return readers.read(
                handle -> messagesBefore(handle, id, limit, before == null ? Long.MAX_VALUE : seq(handle, id, before)));
    }

    @Override
    public MessagePage messagesBefore(SessionId id, int limit, long seq) {
        return readers.read(handle -> messagesBefore(handle, id, limit, seq));
    }

    private static MessagePage messagesBefore(Handle handle, SessionId id, int limit, long seq) {
        List<StoredMessage> newestFirst = handle.createQuery(MESSAGES + """
                        m.session_id = (SELECT id FROM sessions WHERE public_id = :session)
                        AND m.role IN ('user', 'assistant') AND m.seq < :end
                        ORDER BY m.seq DESC LIMIT :limit""")
                .bind("session", id.value())
                .bind("end", seq)
                .bind("limit", limit + 1L)
                .map((row, context) -> Rows.message(row, id))
                .list();
        boolean hasMore = newestFirst.size() > limit;
        List<StoredMessage> page = new ArrayList<>(hasMore ? newestFirst.subList(0, limit) : newestFirst);
        Collections.reverse(page);
        return new MessagePage(page, hasMore);
    }

    private static long seq(Handle handle, SessionId session, MessageId message) {
        return handle.createQuery("""
                        SELECT m.seq FROM agent_messages m JOIN sessions s ON s.id = m.session_id
                        WHERE m.public_id = :message AND s.public_id = :session""")
                .bind("message", message.value())
                .bind("session", session.value())
                .map((row, context) -> row.getLong(1))
                .findOne()
                .orElseThrow(() -> Refusal.noMessage(message, session));
    }

    @Override
    public Transcript transcript(SessionId id) {
        return readers.read(handle -> new Summaries(handle).transcript(id));
    }

    @Override
    public List<ToolCallInfo> toolCalls(SessionId id) {
        return readers.read(handle -> handle.createQuery("SELECT " + Rows.TOOL_CALL + """
                         FROM agent_tool_calls c JOIN agent_runs r ON r.id = c.run_id
                        LEFT JOIN agent_messages m ON m.id = c.message_id
                        WHERE c.session_id = (SELECT id FROM sessions WHERE public_id = :session) ORDER BY c.id""")
                .bind("session", id.value())
                .map((row, context) -> Rows.toolCall(row))
                .list());
    }

    @Override
    public List<ToolCallInfo> toolCalls(SessionId id, Collection<MessageId> messages) {
        List<String> ids = messages.stream().map(MessageId::value).toList();
        return readers.read(handle -> handle.createQuery("SELECT " + Rows.TOOL_CALL + CALLS_OF_MESSAGES)
                .bind("session", id.value())
                .bind("messages", Json.MAPPER.writeValueAsString(ids))
                .map((row, context) -> Rows.toolCall(row))
                .list());
    }

    @Override
    public boolean hasUsed(SessionId id, Collection<String> toolNames) {
        return readers.read(handle -> handle.createQuery(USED)
                .bind("session", id.value())
                .bind("tools", Json.MAPPER.writeValueAsString(toolNames))
                .map((row, context) -> row.getBoolean(1))
                .one());
    }
}
