package dev.dwata.persistence;

import dev.dwata.types.ErrorPayload;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.ToolCallStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes records of rows. Each column list goes with the method of its name.
final class Rows {
    static final String SESSION = """
            s.public_id, s.title, s.status, s.agent_name, s.model, s.last_message, s.created_at, s.updated_at, \
            s.message_count, coalesce((SELECT max(seq) FROM session_log WHERE session = s.id), 0) AS head_seq, \
            s.context_type, s.item_id, s.project_id, s.config, s.parent_run""";

    static final String RUN = """
            r.public_id, s.public_id AS session, r.owner, r.status, r.admitted_seq, r.request, r.agent_name, r.model, \
            r.created_at, r.started_at, r.ended_at, r.error, r.input_tokens, r.output_tokens, r.cached_tokens, r.cost_usd, \
            r.turns, r.cache_write_tokens, r.parent_run, r.root_run, r.depth""";

    static final String MESSAGE =
            "m.public_id, r.public_id AS run, m.seq, m.role, m.content, m.parts, m.created_at, m.is_partial, m.context_tokens";

    static final String TOOL_CALL = """
            c.tool_call_id, r.public_id AS run, m.public_id AS message, c.tool_name, c.arguments, c.result, c.status, \
            c.created_at, c.completed_at, c.execution_time_ms, c.error_details""";

    private Rows() {}

    static SessionInfo session(ResultSet row) throws SQLException {
        return new SessionInfo(
                new SessionId(row.getString("public_id")),
                row.getString("title"),
                SessionStatus.valueOf(constant(row.getString("status"))),
                row.getString("agent_name"),
                row.getString("model"),
                row.getString("last_message"),
                time(row, "created_at"),
                time(row, "updated_at"),
                row.getLong("message_count"),
                row.getLong("head_seq"),
                row.getString("context_type"),
                row.getString("item_id"),
                row.getString("project_id"),
                json(row.getString("config")),
                run(row, "parent_run"));
    }

    static RunInfo run(ResultSet row) throws SQLException {
        String error = row.getString("error");
        RunId id = new RunId(row.getString("public_id"));
        RunId root = run(row, "root_run");
        return new RunInfo(
                id,
                new SessionId(row.getString("session")),
                new Principal(row.getString("owner")),
                RunStatus.valueOf(constant(row.getString("status"))),
                row.getLong("admitted_seq"),
                row.getString("request"),
                row.getString("agent_name"),
                row.getString("model"),
                time(row, "created_at"),
                timeOrNull(row, "started_at"),
                timeOrNull(row, "ended_at"),
                error == null ? null : Json.MAPPER.readValue(error, ErrorPayload.class),
                new TokenUsage(
                        row.getLong("input_tokens"),
                        row.getLong("output_tokens"),
                        row.getLong("cached_tokens"),
                        row.getObject("cost_usd") == null ? null : Double.valueOf(row.getDouble("cost_usd")),
                        row.getLong("cache_write_tokens")),
                row.getInt("turns"),
                run(row, "parent_run"),
                root == null ? id : root,
                row.getInt("depth"));
    }

    static StoredMessage message(ResultSet row, SessionId session) throws SQLException {
        String parts = row.getString("parts");
        return new StoredMessage(
                new MessageId(row.getString("public_id")),
                session,
                run(row, "run"),
                row.getLong("seq"),
                Role.valueOf(constant(row.getString("role"))),
                parts == null
                        ? List.of(new Part.Text(row.getString("content")))
                        : List.of(Json.MAPPER.readValue(parts, Part[].class)),
                time(row, "created_at"),
                row.getBoolean("is_partial"),
                row.getObject("context_tokens") == null ? null : Long.valueOf(row.getLong("context_tokens")));
    }

    static ToolCallInfo toolCall(ResultSet row) throws SQLException {
        String message = row.getString("message");
        return new ToolCallInfo(
                row.getString("tool_call_id"),
                new RunId(row.getString("run")),
                message == null ? null : new MessageId(message),
                row.getString("tool_name"),
                Json.MAPPER.readTree(row.getString("arguments")),
                json(row.getString("result")),
                status(row),
                time(row, "created_at"),
                timeOrNull(row, "completed_at"),
                row.getObject("execution_time_ms") == null ? null : Long.valueOf(row.getLong("execution_time_ms")),
                row.getString("error_details"));
    }

    /// Of a tool call.
    static ToolCallStatus status(ResultSet row) throws SQLException {
        return ToolCallStatus.valueOf(constant(row.getString("status")));
    }

    /// @return absent where the message's text says it all
    static @Nullable String parts(List<Part> parts) {
        boolean isOneText = parts.size() == 1 && parts.get(0) instanceof Part.Text;
        return isOneText ? null : Json.MAPPER.writeValueAsString(parts.toArray(Part[]::new));
    }

    private static @Nullable RunId run(ResultSet row, String column) throws SQLException {
        String run = row.getString(column);
        return run == null ? null : new RunId(run);
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.MAPPER.readTree(text);
    }

    private static String constant(String wireName) {
        return wireName.toUpperCase(Locale.ROOT);
    }
}
