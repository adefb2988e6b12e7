package dev.dwata.persistence;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the prepared statements of one connection for the next use: preparing costs SQLite as much as running.
/// Used by one thread at a time.
final class KeptStatements implements StatementBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(KeptStatements.class);
    private static final int MOST = 100;

    private final Map<String, PreparedStatement> idle = new HashMap<>();

    /// What each was prepared from; [#close] is told the text before its names became question marks.
    private final IdentityHashMap<Statement, String> texts = new IdentityHashMap<>();

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        if (kept != null) {
            return kept;
        }
        PreparedStatement made = connection.prepareStatement(sql);
        if (!sql.startsWith("PRAGMA")) { // which acts when it is prepared, not when it is run
            texts.put(made, sql);
        }
        return made;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return connection.prepareCall(sql);
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        String text = texts.get(statement);
        boolean keep = text != null && !idle.containsKey(text) && idle.size() < MOST;
        if (keep && statement instanceof PreparedStatement prepared) {
            prepared.clearBatch();
            prepared.clearParameters();
            idle.put(text, prepared);
        } else {
            texts.remove(statement);
            statement.close();
        }
    }

    @Override
    public void close(Connection connection) {
        for (PreparedStatement statement : idle.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                LOG.debug("a statement did not close", e);
            }
        }
        idle.clear();
        texts.clear();
    }
}
