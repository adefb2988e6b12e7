package dev.dwata.persistence;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.AuditChain;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Projection;
import dev.dwata.agent.store.Projection.ContextCut;
import dev.dwata.agent.store.Projection.InputAwaited;
import dev.dwata.agent.store.Projection.InputSettled;
import dev.dwata.agent.store.Projection.MessageAdded;
import dev.dwata.agent.store.Projection.ModelAsked;
import dev.dwata.agent.store.Projection.RunChange;
import dev.dwata.agent.store.Projection.RunEnded;
import dev.dwata.agent.store.Projection.RunMoved;
import dev.dwata.agent.store.Projection.ToolBegun;
import dev.dwata.agent.store.Projection.ToolEnded;
import dev.dwata.agent.store.Projection.ToolStarted;
import dev.dwata.agent.store.Projection.TurnVoided;
import dev.dwata.agent.store.Refusal;
import dev.dwata.persistence.Ledger.Account;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Json;
import dev.dwata.types.ProcessId;
import dev.dwata.types.Role;
import dev.dwata.types.RunStatus;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.ToolCallStatus;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes what follows from an entry into the tables. Of the changes that one entry makes only the first may be
/// refused, so a refusal leaves nothing behind.
final class Projector {
    private final Handle handle;
    private final LogRows rows;
    private final Summaries summaries;
    private final Ledger ledger;
    private final AuditRows audit;
    private final InputRows inputs;

    /// For one transaction.
    Projector(Handle handle, LogRows rows) {
        this.handle = handle;
        this.rows = rows;
        this.summaries = new Summaries(handle);
        this.ledger = new Ledger(handle);
        this.audit = new AuditRows(handle);
        this.inputs = new InputRows(handle);
    }

    void add(MessageAdded message, OpenSession session, @Nullable OpenRun run, Envelope entry) {
        int added = handle.createUpdate("""
                        INSERT INTO agent_messages
                          (public_id, session_id, run_id, seq, role, content, parts, is_partial, created_at, context_tokens)
                        VALUES (:id, :session, :run, :seq, :role, :content, :parts, :partial, :time, :context)
                        ON CONFLICT (public_id) DO NOTHING""")
                .bind("id", message.id().value())
                .bind("session", session.key)
                .bind("run", run == null ? null : Long.valueOf(run.key))
                .bind("seq", entry.seq())
                .bind("role", message.role().wireName())
                .bind("content", message.text())
                .bind("parts", Rows.parts(message.parts()))
                .bind("partial", message.partial())
                .bind("time", message.createdAt().toEpochMilli())
                .bind("context", message.contextTokens())
                .execute();
        if (added == 0) {
            throw Refusal.messageExists(message.id());
        }
        if (message.isConversation()) {
            follow(message, session, entry);
        }
    }

    /// What people see of a session in a list.
    private void follow(MessageAdded message, OpenSession session, Envelope entry) {
        String text = message.text();
        handle.createUpdate("""
                        UPDATE sessions
                        SET message_count = message_count + 1,
                            updated_at = :time,
                            last_message = coalesce(:excerpt, last_message),
                            status = CASE WHEN :user AND status = 'archived' THEN 'active' ELSE status END,
                            title = CASE WHEN :user AND NOT is_titled THEN :title ELSE title END,
                            is_titled = is_titled OR :user
                        WHERE id = :session""")
                .bind("time", entry.time().toEpochMilli())
                .bind("excerpt", text.isEmpty() ? null : Projection.excerpt(text))
                .bind("user", message.role() == Role.USER)
                .bind("title", message.role() == Role.USER ? NewSession.titleOf(text) : null)
                .bind("session", session.key)
                .execute();
    }

    void apply(RunChange change, OpenSession session, OpenRun run, Envelope entry) {
        switch (change) {
            case ModelAsked asked -> {
                count(asked, run);
                ledger.use(session.owner, entry.time(), asked);
                ledger.spend(Account.of(run, session, entry.time()), Amount.of(asked.usage()));
                ledger.release(run.id, "");
            }
            case ContextCut cut -> summaries.cut(cut, session, run, entry);
            case RunMoved moved -> move(moved, session, run, entry);
            case TurnVoided voided -> {
                // the entry itself says so: see unfinishedText
            }
            case ToolStarted started -> start(started, session, run, entry);
            case InputAwaited awaited -> {
                inputs.ask(awaited.asked(), session, run, entry);
                inputs.follow(awaited.asked().toolCallId(), run, entry);
                pause(session, run, entry);
            }
            case InputSettled settled -> settle(settled, session, run, entry);
            case ToolBegun begun -> begin(begun, session, run, entry);
            case ToolEnded ended -> end(ended, session, run, entry);
            case RunEnded ended -> end(ended, session, run, entry);
        }
    }

    private void move(RunMoved moved, OpenSession session, OpenRun run, Envelope entry) {
        boolean stops = moved.status() == RunStatus.INTERRUPTED;
        if (stops) {
            rows.flush();
            Instant last = ledger.lastSign(run);
            ledger.stopped(Account.of(run, session, entry.time()), run, last == null ? entry.time() : last);
        } else if (inputs.isAwaited(run)) {
            pause(session, run, entry);
            return;
        }
        handle.execute(
                "UPDATE agent_runs SET status = ?, under_way_since = ? WHERE id = ?",
                moved.status().wireName(),
                stops ? null : Long.valueOf(entry.time().toEpochMilli()),
                run.key);
    }

    /// A run does not use up its time while people think.
    private void pause(OpenSession session, OpenRun run, Envelope entry) {
        ledger.stopped(Account.of(run, session, entry.time()), run, entry.time());
        handle.execute("UPDATE agent_runs SET status = 'waiting_input', under_way_since = NULL WHERE id = ?", run.key);
    }

    private void settle(InputSettled settled, OpenSession session, OpenRun run, Envelope entry) {
        InputRequest request = inputs.settle(settled, session, run, entry);
        inputs.follow(request.asked().toolCallId(), run, entry);
        inputs.goOn(run, entry);
        AuditChain.Line line = AuditChain.resolved(request, settled.resolution());
        if (line != null) {
            audit.write(session.owner, entry, line);
        }
    }

    private void begin(ToolBegun call, OpenSession session, OpenRun run, Envelope entry) {
        String tool = handle.createQuery("""
                        UPDATE agent_tool_calls SET arguments = :arguments
                        WHERE run_id = :run AND tool_call_id = :call
                          AND status IN ('pending', 'awaiting_approval', 'executing')
                        RETURNING tool_name""")
                .bind("arguments", Json.MAPPER.writeValueAsString(call.arguments()))
                .bind("run", run.key)
                .bind("call", call.toolCallId())
                .map((row, context) -> row.getString(1))
                .findOne()
                .orElseThrow(() -> Refusal.noOpenToolCall(call.toolCallId()));
        audit.write(session.owner, entry, AuditChain.begun(run.id, session.owner, call.toolCallId(), tool));
    }

    private void count(ModelAsked asked, OpenRun run) {
        TokenUsage usage = asked.usage();
        handle.createUpdate("""
                        UPDATE agent_runs
                        SET turns = turns + :turns,
                            input_tokens = input_tokens + :input,
                            output_tokens = output_tokens + :output,
                            cached_tokens = cached_tokens + :cached,
                            cache_write_tokens = cache_write_tokens + :written,
                            cost_usd = CASE WHEN :cost IS NULL THEN cost_usd ELSE coalesce(cost_usd, 0) + :cost END
                        WHERE id = :run""")
                .bind("input", usage.inputTokens())
                .bind("output", usage.outputTokens())
                .bind("cached", usage.cachedTokens())
                .bind("written", usage.cacheWriteTokens())
                .bind("turns", asked.turns())
                .bind("cost", usage.costUsd())
                .bind("run", run.key)
                .execute();
    }

    private void start(ToolStarted call, OpenSession session, OpenRun run, Envelope entry) {
        int added = handle.createUpdate("""
                        INSERT INTO agent_tool_calls
                          (session_id, run_id, message_id, tool_call_id, tool_name, arguments, status, created_at)
                        VALUES (:session, :run,
                          (SELECT id FROM agent_messages WHERE run_id = :run AND role = 'assistant' ORDER BY id DESC LIMIT 1),
                          :call, :tool, :arguments, 'executing', :time)
                        ON CONFLICT DO NOTHING""")
                .bind("session", session.key)
                .bind("run", run.key)
                .bind("call", call.toolCallId())
                .bind("tool", call.toolName())
                .bind("arguments", Json.MAPPER.writeValueAsString(call.arguments()))
                .bind("time", entry.time().toEpochMilli())
                .execute();
        if (added == 0) {
            throw Refusal.toolCallExists(call.toolCallId());
        }
        handle.createUpdate("""
                        INSERT INTO active_processes (public_id, run_id, tool_call_id, tool_name, created_at, updated_at)
                        VALUES (:id, :run, :call, :tool, :time, :time)""")
                .bind("id", ProcessId.create().value())
                .bind("run", run.key)
                .bind("call", call.toolCallId())
                .bind("tool", call.toolName())
                .bind("time", entry.time().toEpochMilli())
                .execute();
        ledger.spend(Account.of(run, session, entry.time()), Amount.TOOL_CALL);
        ledger.release(run.id, call.toolCallId());
        if (call.decision() != null) {
            audit.write(
                    session.owner,
                    entry,
                    AuditChain.decided(run.id, session.owner, call.toolCallId(), call.toolName(), call.decision()));
        }
    }

    private void end(ToolEnded call, OpenSession session, OpenRun run, Envelope entry) {
        int changed = handle.createUpdate("""
                        UPDATE agent_tool_calls
                        SET status = :status, result = :result, completed_at = :time, execution_time_ms = :millis,
                            error_details = :error
                        WHERE run_id = :run AND tool_call_id = :call
                          AND status IN ('pending', 'awaiting_approval', 'executing')""")
                .bind("status", call.status().wireName())
                .bind("result", Json.MAPPER.writeValueAsString(call.result()))
                .bind("time", entry.time().toEpochMilli())
                .bind("millis", call.executionTimeMs())
                .bind("error", call.error())
                .bind("run", run.key)
                .bind("call", call.toolCallId())
                .execute();
        if (changed == 0) {
            throw Refusal.noOpenToolCall(call.toolCallId());
        }
        if (call.status() == ToolCallStatus.REJECTED) {
            ledger.spend(Account.of(run, session, entry.time()), Amount.TOOL_CALL.negated());
        }
        handle.execute(
                "DELETE FROM active_processes WHERE run_id = ? AND tool_call_id = ?", run.key, call.toolCallId());
        audit.write(session.owner, entry, AuditChain.ended(run.id, session.owner, call));
    }

    private void end(RunEnded ended, OpenSession session, OpenRun run, Envelope entry) {
        String unfinished = ended.cutShort() ? unfinishedText(session, run) : "";
        if (!unfinished.isEmpty()) {
            add(Projection.partialMessage(unfinished, entry.time()), session, run, entry);
        }
        long time = entry.time().toEpochMilli();
        handle.createUpdate("""
                        UPDATE agent_tool_calls SET status = 'cancelled', completed_at = :time, error_details = :why
                        WHERE run_id = :run AND status IN ('pending', 'awaiting_approval', 'executing')""")
                .bind("time", time)
                .bind("why", Projection.NEVER_RETURNED)
                .bind("run", run.key)
                .execute();
        handle.execute("DELETE FROM active_processes WHERE run_id = ?", run.key);
        ledger.forfeitAll(run.id);
        ledger.stopped(Account.of(run, session, entry.time()), run, entry.time());
        handle.createUpdate("""
                        UPDATE agent_runs SET status = :status, ended_at = :time, error = :error, under_way_since = NULL
                        WHERE id = :run""")
                .bind("status", ended.status().wireName())
                .bind("time", time)
                .bind("error", ended.error() == null ? null : Json.MAPPER.writeValueAsString(ended.error()))
                .bind("run", run.key)
                .execute();
        run.over = true;
    }

    /// What the run's tokens have said since its last complete message, or since that was declared void.
    private String unfinishedText(OpenSession session, OpenRun run) {
        rows.flush();
        return handle.createQuery("""
                        SELECT payload FROM session_log
                        WHERE session = :session AND run = :run AND type = 'token'
                          AND seq > coalesce(
                            (SELECT seq FROM agent_messages WHERE run_id = :run AND role = 'assistant'
                             ORDER BY id DESC LIMIT 1),
                            (SELECT admitted_seq FROM agent_runs WHERE id = :run))
                          AND seq > coalesce(
                            (SELECT max(seq) FROM session_log
                             WHERE session = :session AND run = :run AND type = 'attempt_reset'),
                            0)
                        ORDER BY seq""")
                .bind("session", session.key)
                .bind("run", run.key)
                .map((row, context) -> EventCodec.read("token", row.getString(1)))
                .reduce(
                        new StringBuilder(),
                        (text, event) -> event instanceof Token token ? text.append(token.content()) : text)
                .toString();
    }
}
