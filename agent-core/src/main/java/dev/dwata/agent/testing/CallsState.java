package dev.dwata.agent.testing;

import dev.dwata.agent.store.Projection;
import dev.dwata.agent.store.Projection.ToolBegun;
import dev.dwata.agent.store.Projection.ToolEnded;
import dev.dwata.agent.store.Projection.ToolStarted;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.ToolCallStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The tool calls of a session of an [InMemoryStore].
final class CallsState {
    private final List<ToolCallInfo> all = new ArrayList<>();

    /// Those that are under way, by their places in the list.
    private final Map<Integer, ProcessId> processes = new LinkedHashMap<>();

    List<ToolCallInfo> all() {
        return List.copyOf(all);
    }

    List<ProcessInfo> processes(SessionId session) {
        return processes.entrySet().stream()
                .map(entry -> process(session, entry.getValue(), all.get(entry.getKey())))
                .toList();
    }

    private static ProcessInfo process(SessionId session, ProcessId id, ToolCallInfo call) {
        return new ProcessInfo(
                id, session, call.runId(), call.toolCallId(), call.toolName(), call.status(), call.createdAt());
    }

    boolean hasUsed(Collection<String> toolNames) {
        return all.stream()
                .anyMatch(call -> call.status() == ToolCallStatus.COMPLETED && toolNames.contains(call.toolName()));
    }

    boolean isOpen(RunState run, String toolCallId) {
        Integer at = run.toolCalls.get(toolCallId);
        return at != null && isOpen(all.get(at));
    }

    private static boolean isOpen(ToolCallInfo call) {
        return call.status() == ToolCallStatus.EXECUTING || call.status() == ToolCallStatus.AWAITING_APPROVAL;
    }

    String tool(RunState run, String toolCallId) {
        return all.get(Objects.requireNonNull(run.toolCalls.get(toolCallId))).toolName();
    }

    void started(ToolStarted started, RunState run, Instant now) {
        run.toolCalls.put(started.toolCallId(), all.size());
        processes.put(all.size(), ProcessId.create());
        all.add(new ToolCallInfo(
                started.toolCallId(),
                run.info.id(),
                run.latestAnswer,
                started.toolName(),
                started.arguments(),
                null,
                ToolCallStatus.EXECUTING,
                now,
                null,
                null,
                null));
    }

    /// Nothing if the call is not open.
    void status(RunState run, String toolCallId, ToolCallStatus now) {
        if (isOpen(run, toolCallId)) {
            int at = Objects.requireNonNull(run.toolCalls.get(toolCallId));
            all.set(at, all.get(at).withStatus(now));
        }
    }

    void begun(ToolBegun begun, RunState run) {
        int at = Objects.requireNonNull(run.toolCalls.get(begun.toolCallId()));
        all.set(at, all.get(at).withArguments(begun.arguments()));
    }

    void ended(ToolEnded ended, RunState run, Instant now) {
        int at = Objects.requireNonNull(run.toolCalls.get(ended.toolCallId()));
        processes.remove(at);
        all.set(at, closed(all.get(at), ended.status(), ended.result(), now, ended.executionTimeMs(), ended.error()));
    }

    void cancelOpen(RunId run, Instant now) {
        for (int at = 0; at < all.size(); at++) {
            ToolCallInfo call = all.get(at);
            if (isOpen(call) && call.runId().equals(run)) {
                processes.remove(at);
                all.set(at, closed(call, ToolCallStatus.CANCELLED, null, now, null, Projection.NEVER_RETURNED));
            }
        }
    }

    private static ToolCallInfo closed(
            ToolCallInfo call,
            ToolCallStatus status,
            @Nullable JsonNode result,
            Instant now,
            @Nullable Long executionTimeMs,
            @Nullable String error) {
        return new ToolCallInfo(
                call.toolCallId(),
                call.runId(),
                call.messageId(),
                call.toolName(),
                call.arguments(),
                result,
                status,
                call.createdAt(),
                now,
                executionTimeMs,
                error);
    }
}
