package dev.dwata.gateway.api;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.store.Memory;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.FactView;
import dev.dwata.types.wire.MemoryDeletePayload;
import dev.dwata.types.wire.MemoryGetPayload;
import dev.dwata.types.wire.MemoryHitView;
import dev.dwata.types.wire.MemoryKeyParams;
import dev.dwata.types.wire.MemoryListParams;
import dev.dwata.types.wire.MemoryListPayload;
import dev.dwata.types.wire.MemorySearchParams;
import dev.dwata.types.wire.MemorySearchPayload;
import dev.dwata.types.wire.MemorySetParams;
import dev.dwata.types.wire.MemorySetPayload;
import org.jspecify.annotations.Nullable;

/// What is kept for later, for one principal at a time.
public record MemoryOperations(LocalRuntime runtime, Memory memory) {
    private static final int LIST = 50;
    private static final int FOUND = 10;
    private static final int MOST = 200;
    private static final int LISTED_VALUE = 500;

    public MemoryGetPayload get(Principal who, MemoryKeyParams params) {
        FactView fact = memory.get(scope(who, params.sessionId()), params.key())
                .map(entry -> view(entry, Integer.MAX_VALUE))
                .orElse(null);
        return new MemoryGetPayload(params.key(), fact);
    }

    /// @throws AgentException with `InvalidRequest`, `TooLarge` or `Conflict` where it is out of bounds
    public MemorySetPayload set(Principal who, MemorySetParams params) {
        String value = runtime.redaction().text(params.value());
        memory.set(scope(who, params.sessionId()), params.key(), value, params.pinned());
        return new MemorySetPayload(params.key());
    }

    public MemoryListPayload list(Principal who, MemoryListParams params) {
        int limit = params.limit() == null ? LIST : params.limit();
        check(limit);
        String prefix = params.prefix() == null ? "" : params.prefix();
        Memory.Page page = memory.page(scope(who, params.sessionId()), prefix, limit);
        return new MemoryListPayload(
                page.entries().stream().map(entry -> view(entry, LISTED_VALUE)).toList(), page.total());
    }

    /// @throws AgentException with `InvalidRequest` for the limit, `NotFound` for the session
    public MemorySearchPayload search(Principal who, MemorySearchParams params) {
        int limit = params.limit() == null ? FOUND : params.limit();
        check(limit);
        SessionId session = scope(who, params.sessionId()).session();
        return new MemorySearchPayload(memory.search(who, session, params.query(), limit).stream()
                .map(hit -> new MemoryHitView(
                        view(hit.entry(), LISTED_VALUE),
                        hit.snippet(),
                        hit.scope().session()))
                .toList());
    }

    private static void check(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new AgentException(new AgentError.InvalidRequest("limit must be 1 to " + MOST + ", not " + limit));
        }
    }

    public MemoryDeletePayload delete(Principal who, MemoryKeyParams params) {
        return new MemoryDeletePayload(params.key(), memory.delete(scope(who, params.sessionId()), params.key()));
    }

    /// @throws AgentException with `NotFound` if there is no such session
    private Memory.Scope scope(Principal who, @Nullable SessionId session) {
        return new Memory.Scope(
                who, session == null ? null : runtime.as(who).session(session).id());
    }

    /// @param most code points of the value
    private static FactView view(Memory.Entry entry, int most) {
        String value = entry.value();
        boolean cut = value.codePointCount(0, value.length()) > most;
        return new FactView(
                entry.key(),
                cut ? value.substring(0, value.offsetByCodePoints(0, most)) : value,
                cut ? Boolean.TRUE : null,
                entry.pinned(),
                entry.createdAt(),
                entry.updatedAt());
    }
}
