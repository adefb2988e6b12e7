package dev.dwata.persistence;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Projection.ModelAsked;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Scope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.TokenUsage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// What was used, and what is set aside.
final class Ledger {
    private static final String KEYS =
            "(VALUES ('run', :root), ('session', :session), ('owner', :owner), ('day', :day))";

    private static final String ADD = """
            ON CONFLICT (scope, key) DO UPDATE SET tokens = tokens + excluded.tokens,
              micro_usd = micro_usd + excluded.micro_usd, tool_calls = tool_calls + excluded.tool_calls,
              millis = millis + excluded.millis""";

    private static final String SPEND = "INSERT INTO spending (scope, key, tokens, micro_usd, tool_calls, millis)"
            + " SELECT column1, column2, :tokens, :microUsd, :toolCalls, :millis FROM " + KEYS + " WHERE true " + ADD;

    /// What a model call had set aside may have been used.
    private static final String FORFEIT = """
            INSERT INTO spending (scope, key, tokens, micro_usd)
            SELECT column1, CASE column1 WHEN 'run' THEN root_run WHEN 'session' THEN session WHEN 'owner' THEN owner
                            ELSE owner || ' ' || day END, tokens, micro_usd
            FROM reservations, (VALUES ('run'), ('session'), ('owner'), ('day')) WHERE run = :run AND call = ''\s""" + ADD;

    private final Handle handle;

    Ledger(Handle handle) {
        this.handle = handle;
    }

    /// Whom something counts for.
    record Account(String root, String session, String owner, LocalDate day) {
        static Account of(OpenRun run, OpenSession session, Instant time) {
            String of = run.rootSession == null ? session.id.value() : run.rootSession;
            return new Account(run.root, of, session.owner.id(), Ledger.day(time));
        }

        private String key(Scope scope) {
            return switch (scope) {
                case RUN -> root;
                case SESSION -> session;
                case OWNER -> owner;
                case DAY -> owner + " " + day;
            };
        }

        /// The columns of a reservation that tell whether it counts for the scope.
        private String condition(Scope scope) {
            return switch (scope) {
                case RUN -> "root_run = :root";
                case SESSION -> "session = :session";
                case OWNER -> "owner = :owner";
                case DAY -> "owner = :owner AND day = :date";
            };
        }

        private <S extends SqlStatement<S>> S bind(S statement) {
            return statement
                    .bind("root", root)
                    .bind("session", session)
                    .bind("owner", owner)
                    .bind("date", day.toString())
                    .bind("day", key(Scope.DAY));
        }
    }

    static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /// @throws dev.dwata.types.AgentException with `NotFound`
    Account account(RunId run, Instant time) {
        return handle.createQuery("""
                        SELECT coalesce(r.root_run, r.public_id), r.owner, coalesce(
                          (SELECT s.public_id FROM agent_runs q JOIN sessions s ON s.id = q.session_id
                           WHERE q.public_id = r.root_run),
                          (SELECT public_id FROM sessions WHERE id = r.session_id))
                        FROM agent_runs r WHERE r.public_id = ?""")
                .bind(0, run.value())
                .map((row, context) -> new Account(row.getString(1), row.getString(3), row.getString(2), day(time)))
                .findOne()
                .orElseThrow(() -> Refusal.noRun(run));
    }

    void spend(Account account, Amount amount) {
        if (!amount.equals(Amount.NONE)) {
            account.bind(handle.createUpdate(SPEND))
                    .bind("tokens", amount.tokens())
                    .bind("microUsd", amount.microUsd())
                    .bind("toolCalls", amount.toolCalls())
                    .bind("millis", amount.millis())
                    .execute();
        }
    }

    void use(Principal owner, Instant time, ModelAsked asked) {
        TokenUsage usage = asked.usage();
        handle.createUpdate("""
                        INSERT INTO usage_daily (owner, day, model, calls, input_tokens, output_tokens, cached_tokens,
                                                 cache_write_tokens, cost_usd)
                        VALUES (:owner, :day, :model, 1, :input, :output, :cached, :written, :cost)
                        ON CONFLICT (owner, day, model) DO UPDATE SET calls = calls + 1,
                          input_tokens = input_tokens + :input, output_tokens = output_tokens + :output,
                          cached_tokens = cached_tokens + :cached, cache_write_tokens = cache_write_tokens + :written,
                          cost_usd = CASE WHEN :cost IS NULL THEN cost_usd ELSE coalesce(cost_usd, 0) + :cost END""")
                .bind("owner", owner.id())
                .bind("day", day(time).toString())
                .bind("model", asked.model())
                .bind("input", usage.inputTokens())
                .bind("output", usage.outputTokens())
                .bind("cached", usage.cachedTokens())
                .bind("written", usage.cacheWriteTokens())
                .bind("cost", usage.costUsd())
                .execute();
    }

    /// The time for which a run was carried out, if it was one that works for none.
    void stopped(Account account, OpenRun run, Instant time) {
        account.bind(handle.createUpdate("INSERT INTO spending (scope, key, millis)"
                        + " SELECT column1, column2, max(0, :time - r.under_way_since) FROM agent_runs r, " + KEYS
                        + " WHERE r.id = :run AND r.under_way_since IS NOT NULL AND r.depth = 0 " + ADD))
                .bind("time", time.toEpochMilli())
                .bind("run", run.key)
                .execute();
    }

    void reserve(RunId run, String call, Account account, Amount amount) {
        account.bind(handle.createUpdate("""
                        INSERT OR REPLACE INTO reservations
                          (run, call, root_run, session, owner, day, tokens, micro_usd, tool_calls)
                        VALUES (:run, :call, :root, :session, :owner, :date, :tokens, :microUsd, :toolCalls)"""))
                .bind("run", run.value())
                .bind("call", call)
                .bind("tokens", amount.tokens())
                .bind("microUsd", amount.microUsd())
                .bind("toolCalls", amount.toolCalls())
                .execute();
    }

    void release(RunId run, String call) {
        handle.execute("DELETE FROM reservations WHERE run = ? AND call = ?", run.value(), call);
    }

    /// Its reservation for a model counts as spent.
    void forfeit(RunId run) {
        handle.createUpdate(FORFEIT).bind("run", run.value()).execute();
        release(run, "");
    }

    /// The same, and those for tools, which have not begun, are given up.
    void forfeitAll(RunId run) {
        forfeit(run);
        handle.execute("DELETE FROM reservations WHERE run = ?", run.value());
    }

    Balance balance(Account account, Scope scope) {
        Amount spent = handle.createQuery(
                        "SELECT tokens, micro_usd, tool_calls, millis FROM spending WHERE scope = ? AND key = ?")
                .bind(0, scope.wireName())
                .bind(1, account.key(scope))
                .map((row, context) -> amount(row))
                .findOne()
                .orElse(Amount.NONE);
        Amount reserved = account.bind(handle.createQuery("""
                                SELECT coalesce(sum(tokens), 0) AS tokens, coalesce(sum(micro_usd), 0) AS micro_usd,
                                  coalesce(sum(tool_calls), 0) AS tool_calls, 0 AS millis
                                FROM reservations WHERE\s""" + account.condition(scope)))
                .map((row, context) -> amount(row))
                .one();
        return new Balance(spent, reserved);
    }

    private static Amount amount(ResultSet row) throws SQLException {
        return new Amount(
                row.getLong("tokens"), row.getLong("micro_usd"), row.getLong("tool_calls"), row.getLong("millis"));
    }

    /// When the run's latest entry was made.
    @Nullable
    Instant lastSign(OpenRun run) {
        return handle.createQuery(
                        "SELECT time FROM session_log WHERE session = ? AND run = ? ORDER BY seq DESC LIMIT 1")
                .bind(0, run.session)
                .bind(1, run.key)
                .map((row, context) -> Rows.time(row, "time"))
                .findOne()
                .orElse(null);
    }
}
