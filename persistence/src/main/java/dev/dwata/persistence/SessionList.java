package dev.dwata.persistence;

import dev.dwata.agent.store.SearchWords;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Lists and finds sessions of one owner. The statements are put together of parts, so that each asks only for
/// what is wanted and SQLite takes the index for it.
final class SessionList {
    private static final String NEWEST_FIRST = " ORDER BY s.updated_at DESC, s.public_id DESC LIMIT :limit";

    private final Handle handle;
    private final Principal owner;

    SessionList(Handle handle, Principal owner) {
        this.handle = handle;
        this.owner = owner;
    }

    SessionPage page(SessionQuery query) {
        SearchWords words = SearchWords.of(query.query());
        if (Search.isHopeless(words)) {
            return new SessionPage(List.of(), 0);
        }
        String matches = words == null ? "" : Search.MATCHES;
        String from = from(query, words);
        String match = words == null ? null : Search.expression(handle, owner, words);
        List<SessionInfo> sessions = bind(
                        matches + "SELECT " + Rows.SESSION + from + NEWEST_FIRST + " OFFSET :offset", query, match)
                .map((row, context) -> Rows.session(row))
                .list();
        boolean isAll = query.offset() == 0 && sessions.size() < query.limit();
        long total = isAll
                ? sessions.size()
                : bind(matches + "SELECT count(*)" + from, query, match)
                        .map((row, context) -> row.getLong(1))
                        .one();
        return new SessionPage(sessions, total);
    }

    private static String from(SessionQuery query, @Nullable SearchWords words) {
        return " FROM sessions s"
                + (words == null ? "" : " JOIN matches ON matches.session = s.id")
                + " WHERE s.owner = :owner AND s.parent_run IS NULL"
                + (query.status() == null ? " AND s.status <> 'archived'" : " AND s.status = :status")
                + (query.contextType() == null ? "" : " AND s.context_type = :contextType")
                + (query.itemId() == null ? "" : " AND s.item_id = :itemId")
                + (query.projectId() == null ? "" : " AND s.project_id = :projectId");
    }

    private Query bind(String sql, SessionQuery query, @Nullable String match) {
        return handle.createQuery(sql)
                .bind("owner", owner.id())
                .bind("words", match)
                .bind("limit", query.limit())
                .bind("offset", query.offset())
                .bind("status", query.status() == null ? null : query.status().wireName())
                .bind("contextType", query.contextType())
                .bind("itemId", query.itemId())
                .bind("projectId", query.projectId());
    }

    List<SessionHit> hits(SessionSearch search) {
        SearchWords words = SearchWords.of(search.query());
        if (Search.isHopeless(words)) {
            return List.of();
        }
        String select = words == null
                ? "SELECT " + Rows.SESSION + ", NULL AS content FROM sessions s"
                : Search.MATCHES + "SELECT " + Rows.SESSION + ", m.content FROM matches"
                        + " JOIN sessions s ON s.id = matches.session"
                        + " LEFT JOIN agent_messages m ON m.id = matches.message";
        String where = " WHERE s.owner = :owner AND s.parent_run IS NULL AND s.status <> 'archived'" + between(search);
        return handle.createQuery(select + where + NEWEST_FIRST)
                .bind("owner", owner.id())
                .bind("words", words == null ? null : Search.expression(handle, owner, words))
                .bind("from", millis(search.from()))
                .bind("to", millis(search.to()))
                .bind("limit", search.limit())
                .map((row, context) -> hit(row, words))
                .list();
    }

    private static String between(SessionSearch search) {
        if (search.from() == null && search.to() == null) {
            return "";
        }
        return " AND EXISTS (SELECT 1 FROM agent_messages d WHERE d.session_id = s.id"
                + (search.from() == null ? "" : " AND d.created_at >= :from")
                + (search.to() == null ? "" : " AND d.created_at < :to")
                + ")";
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : Long.valueOf(time.toEpochMilli());
    }

    private static SessionHit hit(ResultSet row, @Nullable SearchWords words) throws SQLException {
        SessionInfo session = Rows.session(row);
        if (words == null) {
            return new SessionHit(session, session.lastMessage() == null ? session.title() : session.lastMessage());
        }
        String content = row.getString("content");
        return new SessionHit(session, words.snippet(content == null ? session.title() : content));
    }
}
