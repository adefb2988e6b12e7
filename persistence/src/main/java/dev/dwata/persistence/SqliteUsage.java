package dev.dwata.persistence;

import dev.dwata.agent.store.Usage;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

final class SqliteUsage implements Usage {
    private final Readers readers;

    SqliteUsage(Readers readers) {
        this.readers = readers;
    }

    @Override
    public List<OfDay> days(Principal owner, LocalDate from, LocalDate to) {
        return readers.read(handle -> handle.createQuery("""
                        SELECT * FROM usage_daily WHERE owner = ? AND day BETWEEN ? AND ? ORDER BY day DESC, model""")
                .bind(0, owner.id())
                .bind(1, from.toString())
                .bind(2, to.toString())
                .map((row, context) -> new OfDay(
                        LocalDate.parse(row.getString("day")),
                        row.getString("model"),
                        row.getLong("calls"),
                        usage(row)))
                .list());
    }

    @Override
    public List<OfSession> sessions(Principal owner, LocalDate from, LocalDate to, int limit) {
        return readers.read(handle -> handle.createQuery("""
                        SELECT s.public_id, s.title, sum(r.depth = 0) AS runs, sum(r.input_tokens) AS input_tokens,
                          sum(r.output_tokens) AS output_tokens, sum(r.cached_tokens) AS cached_tokens,
                          sum(r.cache_write_tokens) AS cache_write_tokens, sum(r.cost_usd) AS cost_usd
                        FROM agent_runs r LEFT JOIN agent_runs root ON root.public_id = r.root_run
                        JOIN sessions s ON s.id = coalesce(root.session_id, r.session_id)
                        WHERE r.owner = :owner AND r.created_at >= :from AND r.created_at < :to
                        GROUP BY s.id ORDER BY sum(r.input_tokens + r.output_tokens) DESC, s.public_id LIMIT :limit""")
                .bind("owner", owner.id())
                .bind("from", from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli())
                .bind(
                        "to",
                        to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> new OfSession(
                        new SessionId(row.getString("public_id")),
                        row.getString("title"),
                        row.getLong("runs"),
                        usage(row)))
                .list());
    }

    @Override
    public TokenUsage of(SessionId session) {
        return readers.read(handle -> handle.createQuery("""
                        WITH RECURSIVE family (id) AS (
                          SELECT id FROM sessions WHERE public_id = ? UNION
                          SELECT c.id FROM family f JOIN agent_runs r ON r.session_id = f.id
                          JOIN sessions c ON c.parent_run = r.public_id)
                        SELECT coalesce(sum(input_tokens), 0) AS input_tokens, coalesce(sum(output_tokens), 0) AS output_tokens,
                          coalesce(sum(cached_tokens), 0) AS cached_tokens,
                          coalesce(sum(cache_write_tokens), 0) AS cache_write_tokens, sum(cost_usd) AS cost_usd
                        FROM agent_runs WHERE session_id IN family""")
                .bind(0, session.value())
                .map((row, context) -> usage(row))
                .one());
    }

    private static TokenUsage usage(ResultSet row) throws SQLException {
        return new TokenUsage(
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                row.getLong("cached_tokens"),
                row.getObject("cost_usd") == null ? null : Double.valueOf(row.getDouble("cost_usd")),
                row.getLong("cache_write_tokens"));
    }
}
