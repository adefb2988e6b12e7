package dev.dwata.gateway.api;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.wire.RunView;
import dev.dwata.types.wire.RunsListPayload;
import dev.dwata.types.wire.ToolCallsListPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs and their tool calls, for one principal at a time: another's run does not exist.
public record RunOperations(LocalRuntime runtime, Store store) {
    private static final int LIST = 50;
    private static final int MOST = 200;

    /// @throws AgentException with `NotFound`
    public RunView find(Principal who, RunId id) {
        return store.runs()
                .find(id)
                .filter(run -> run.owner().equals(who))
                .map(RunView::of)
                .orElseThrow(() -> Refusal.noRun(id));
    }

    /// @param limit 1 to 200; absent: 50
    /// @throws AgentException with `NotFound`
    public RunsListPayload list(Principal who, SessionId session, @Nullable Integer limit) {
        int most = limit(limit);
        List<RunInfo> runs = store.runs().list(runtime.as(who).session(session).id(), most + 1);
        return new RunsListPayload(runs.stream().limit(most).map(RunView::of).toList(), runs.size() > most);
    }

    /// @param limit  1 to 200; absent: 50
    /// @param offset how many to leave out; absent: 0
    /// @throws AgentException with `NotFound`
    public ToolCallsListPayload toolCalls(
            Principal who, SessionId session, @Nullable Integer limit, @Nullable Integer offset) {
        int most = limit(limit);
        int first = offset == null ? 0 : offset;
        if (first < 0) {
            throw invalid("offset must be 0 or more, not " + first);
        }
        List<ToolCallInfo> all =
                store.sessions().toolCalls(runtime.as(who).session(session).id());
        return new ToolCallsListPayload(all.stream().skip(first).limit(most).toList(), all.size());
    }

    private static int limit(@Nullable Integer given) {
        int limit = given == null ? LIST : given;
        if (limit < 1 || limit > MOST) {
            throw invalid("limit must be 1 to " + MOST + ", not " + limit);
        }
        return limit;
    }

    private static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
