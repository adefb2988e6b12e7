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
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Lists and finds sessions. The statements are put together of parts, so that each asks only for what is
/// wanted and SQLite takes the index for it.
final class SessionList {
    private static final String NEWEST_FIRST = " ORDER BY s.updated_at DESC, s.public_id DESC";

    private SessionList() {}

    static SessionPage page(Handle handle, Principal owner, SessionQuery query) {
        SearchWords words = SearchWords.of(query.query());
        if (Search.isHopeless(words)) {
            return new SessionPage(List.of(), 0);
        }
        String matches = words == null ? "" : Search.MATCHES;
        String from = pageFrom(query, words);
        List<SessionInfo> sessions = bind(
                        handle.createQuery(matches + "SELECT " + Rows.SESSION + from + NEWEST_FIRST
                                + " LIMIT :limit OFFSET :offset"),
                        owner,
                        words)
                .bind("limit", query.limit())
                .bind("offset", query.offset())
                .bind("status", query.status() == null ? null : query.status().wireName())
                .bind("contextType", query.contextType())
                .map((row, context) -> Rows.session(row))
                .list();
        long total = bind(handle.createQuery(matches + "SELECT count(*)" + from), owner, words)
                .bind("status", query.status() == null ? null : query.status().wireName())
                .bind("contextType", query.contextType())
                .map((row, context) -> row.getLong(1))
                .one();
        return new SessionPage(sessions, total);
    }

    /// Never a column that is not in the index of the list, unless it is asked for.
    static String pageFrom(SessionQuery query, @Nullable SearchWords words) {
        return " FROM sessions s"
                + (words == null ? "" : " JOIN matches ON matches.session = s.id")
                + " WHERE s.owner = :owner"
                + (query.status() == null ? " AND s.status <> 'archived'" : " AND s.status = :status")
                + (query.contextType() == null ? "" : " AND s.context_type = :contextType");
    }

    static List<SessionHit> hits(Handle handle, Principal owner, SessionSearch search) {
        SearchWords words = SearchWords.of(search.query());
        if (Search.isHopeless(words)) {
            return List.of();
        }
        String select = words == null
                ? "SELECT " + Rows.SESSION + ", NULL AS content FROM sessions s"
                : Search.MATCHES + "SELECT " + Rows.SESSION + ", m.content FROM matches"
                        + " JOIN sessions s ON s.id = matches.session"
                        + " LEFT JOIN agent_messages m ON m.id = matches.message";
        String where = " WHERE s.owner = :owner AND s.status <> 'archived'" + between(search);
        return bind(handle.createQuery(select + where + NEWEST_FIRST + " LIMIT :limit"), owner, words)
                .bind(
                        "from",
                        search.from() == null
                                ? null
                                : Long.valueOf(search.from().toEpochMilli()))
                .bind(
                        "to",
                        search.to() == null ? null : Long.valueOf(search.to().toEpochMilli()))
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

    private static SessionHit hit(ResultSet row, @Nullable SearchWords words) throws SQLException {
        SessionInfo session = Rows.session(row);
        if (words == null) {
            return new SessionHit(session, session.lastMessage() == null ? session.title() : session.lastMessage());
        }
        String content = row.getString("content");
        return new SessionHit(session, words.snippet(content == null ? session.title() : content));
    }

    private static Query bind(Query query, Principal owner, @Nullable SearchWords words) {
        query.bind("owner", owner.id());
        if (words != null) {
            query.bind("words", Search.expression(owner, words.written()));
        }
        return query;
    }
}
