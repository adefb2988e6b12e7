package dev.dwata.agent.tool.process;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallStatus;
import dev.dwata.types.schema.Description;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// `process.list`, `.status`, `.cancel` and `.wait_time`, for the principal that the run is for.
public final class ProcessTools {
    private static final int MOST = 100;

    private final RunningTools running;
    private final InstantSource clock;

    private ProcessTools(RunningTools running, InstantSource clock) {
        this.running = running;
        this.clock = clock;
    }

    record Nothing() {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Which(@Description("from process.list") ProcessId processId) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Where(
            @Description("default: this session") @Nullable SessionId sessionId) {}

    /// @param thisCall true for the call that asks
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Shown(
            ProcessId processId,
            SessionId sessionId,
            RunId runId,
            String toolName,
            ToolCallStatus status,
            Instant startedAt,
            long runningMs,
            @Nullable Double progress,
            @Nullable String message,
            @Nullable Boolean thisCall) {}

    /// @param total how many there are, listed or not
    record Listing(List<Shown> processes, int total) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Stopped(ProcessId processId, String toolName, String message) {}

    /// @param estimatedWaitMs absent where no run was measured
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record WaitTime(
            SessionId sessionId,
            @Nullable RunId activeRunId,
            @Nullable Long activeForMs,
            int queuedRequests,
            @Nullable Long estimatedWaitMs,
            int basedOnRuns,
            @Nullable Long meanRunMs) {}

    /// @param clock what the time that calls have taken is read from
    public static List<Tool> over(RunningTools running, InstantSource clock) {
        ProcessTools tools = new ProcessTools(running, clock);
        return List.of(
                Tool.of(
                        head("list", "Lists the tool calls that are under way, in this session and your others."),
                        Nothing.class,
                        tools::list),
                Tool.of(
                        head("status", "Says how far a tool call has come that is under way."),
                        Which.class,
                        tools::status),
                new Beside(Tool.of(
                        new ToolSpec.Head(
                                "process.cancel",
                                "Stops a tool call that is under way; its run goes on. Calls of one session happen one"
                                        + " after the other unless they are made in one reply, so what you can stop"
                                        + " runs beside this call or in another session.",
                                Effect.IDEMPOTENT,
                                Approval.NOTIFY),
                        Which.class,
                        tools::cancel)),
                Tool.of(
                        head(
                                "wait_time",
                                "Estimates how long a message sent to a session now would wait, from how long runs"
                                        + " took before."),
                        Where.class,
                        tools::waitTime));
    }

    private static ToolSpec.Head head(String verb, String description) {
        return new ToolSpec.Head("process." + verb, description, Effect.PURE, Approval.AUTO);
    }

    private ToolOutcome list(Nothing nothing, ToolContext context) {
        List<RunningTool> all = running.list(context.principal(), null);
        return ToolOutcome.success(new Listing(
                all.stream().limit(MOST).map(one -> shown(one, context)).toList(), all.size()));
    }

    private ToolOutcome status(Which which, ToolContext context) {
        return ToolOutcome.success(shown(running.find(context.principal(), which.processId()), context));
    }

    private Shown shown(RunningTool one, ToolContext context) {
        ProcessInfo process = one.process();
        long millis = Duration.between(process.startedAt(), clock.instant()).toMillis();
        return new Shown(
                process.id(),
                process.sessionId(),
                process.runId(),
                process.toolName(),
                process.status(),
                process.startedAt(),
                Math.max(0, millis),
                one.progress(),
                one.message(),
                isThis(process, context) ? Boolean.TRUE : null);
    }

    private static boolean isThis(ProcessInfo process, ToolContext context) {
        return process.runId().equals(context.runId()) && process.toolCallId().equals(context.toolCallId());
    }

    private ToolOutcome cancel(Which which, ToolContext context) {
        ProcessInfo process =
                running.find(context.principal(), which.processId()).process();
        if (isThis(process, context)) {
            return new ToolOutcome.Failure("a call cannot stop itself, only calls that run beside it or in other"
                    + " sessions; to end this run, finish your answer");
        }
        running.stop(context.principal(), which.processId(), "stopped by process.cancel");
        return ToolOutcome.success(
                new Stopped(process.id(), process.toolName(), process.toolName() + " was told to stop"));
    }

    private ToolOutcome waitTime(Where where, ToolContext context) {
        SessionId session = where.sessionId() == null ? context.sessionId() : where.sessionId();
        RunningTools.Wait wait = running.waitTime(context.principal(), session);
        return ToolOutcome.success(new WaitTime(
                session,
                wait.activeRun(),
                wait.activeMs(),
                wait.queued(),
                wait.estimateMs(),
                wait.measured(),
                wait.meanMs()));
    }
}
