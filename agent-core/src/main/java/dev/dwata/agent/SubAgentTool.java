package dev.dwata.agent;

import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.schema.Description;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// `agent.run`: gives a task to another agent, which works on it in a session of its own, and returns its
/// answer.
///
/// The child's run belongs to the tree of the run that called: it shares its budget and ends with it when that
/// is cancelled. It is admitted under a key of the call, so that a caller that was cut off and goes on finds
/// the same child again, or its answer.
final class SubAgentTool implements Tool {
    private static final Duration END = Duration.ofSeconds(5);

    private final Engine engine;
    private final int deepest;
    private final Tool tool;

    record Task(
            @Description("the agent's name; default: the same agent as yours") @Nullable
            String agent,

            @Description("all that the agent must know: it sees nothing of this conversation")
            String task) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Answer(
            String answer,
            SessionId sessionId,
            RunId runId,
            int turns,
            TokenUsage usage,
            @Nullable Integer deniedCalls) {}

    /// @param deepest how many runs may be nested below the first
    SubAgentTool(Engine engine, int deepest) {
        this.engine = engine;
        this.deepest = deepest;
        this.tool = Tool.of(
                new ToolSpec.Head(
                        "agent.run",
                        "Gives a task to another agent, which works on its own with its own tools, and returns its"
                                + " answer. Several calls in one reply work at the same time.",
                        Effect.IDEMPOTENT,
                        Approval.NOTIFY),
                Task.class,
                this::run);
    }

    @Override
    public ToolSpec spec() {
        return tool.spec();
    }

    @Override
    public ToolOutcome call(JsonNode arguments, ToolContext context) throws Exception {
        return tool.call(arguments, context);
    }

    @Override
    public boolean runsBesideOthers() {
        return true;
    }

    private ToolOutcome run(Task given, ToolContext context) throws InterruptedException {
        Task task = new Task(given.agent(), engine.redaction().text(given.task()));
        RunInfo parent = engine.run(context.runId());
        if (parent.depth() >= deepest) {
            return new ToolOutcome.Failure("agents may be nested " + deepest + " deep, which this one is already:"
                    + " do the task without another agent");
        }
        String agent = task.agent() == null || task.agent().isBlank()
                ? parent.agentName()
                : task.agent().strip();
        RunInfo child = admit(task, agent, parent, context);
        try (EventStream events = engine.events(child.sessionId(), child.admittedSeq() - 1)) {
            return outcome(agent, child, follow(events, agent, child, context));
        } catch (InterruptedException e) {
            stop(child);
            throw e;
        }
    }

    private RunInfo admit(Task task, String agent, RunInfo parent, ToolContext context) throws InterruptedException {
        String title = NewSession.titleOf(task.task());
        NewSession wanted = new NewSession(title, agent, null, null, null, null, null, parent.id());
        String key = "agent.run:" + Admissions.digest(context.idempotencyKey());
        Prompt prompt = new Prompt(
                task.task(), agent, null, key, Admissions.digest(agent, task.task()), Prompt.Origin.EMBEDDED);
        Admitted child = engine.admitChild(context.principal(), wanted, prompt, context.scope());
        if (child.repeated()) {
            engine.takeUp(context.principal(), child.run());
        }
        return child.run();
    }

    /// @param denied how many calls of the child, and of those that worked for it, somebody or a rule said no
    ///               to
    private record End(Terminal event, int denied) {}

    private End follow(EventStream events, String agent, RunInfo child, ToolContext context)
            throws InterruptedException {
        int denied = 0;
        while (true) {
            Envelope envelope = events.next(null);
            if (envelope != null) {
                engine.tell(context, inputOf(envelope));
            }
            if (envelope == null || !child.id().equals(envelope.runId())) {
                continue;
            }
            if (envelope.event() instanceof Terminal end) {
                return new End(end, denied);
            }
            if (envelope.event() instanceof AgentEvent.ToolReturned result) {
                denied += deniedCalls(result.result());
            }
            if (envelope.event() instanceof AgentEvent.RunInterrupted && engine.isStopping()) {
                throw new RunLog.Stopping();
            }
            if (envelope.event() instanceof AgentEvent.ToolCalled call) {
                context.progress().report(null, agent + " calls " + call.toolName());
            }
        }
    }

    /// How many calls a result says were denied: itself, or those of an agent.
    static int deniedCalls(JsonNode result) {
        return result.path("denied").asBoolean(false)
                ? 1
                : result.path("denied_calls").asInt(0);
    }

    /// People who watch the parent are to know what its children wait for.
    private static AgentEvent.@Nullable ChildInput inputOf(Envelope envelope) {
        RunId run = envelope.runId();
        if (run == null) {
            return null;
        }
        if (envelope.event() instanceof AgentEvent.InputRequested asked) {
            return new AgentEvent.ChildInput(envelope.sessionId(), run, asked, null);
        }
        if (envelope.event() instanceof AgentEvent.InputResolved resolved) {
            return new AgentEvent.ChildInput(envelope.sessionId(), run, null, resolved);
        }
        return envelope.event() instanceof AgentEvent.ChildInput below ? below : null;
    }

    private static ToolOutcome outcome(String agent, RunInfo child, End end) {
        return switch (end.event()) {
            case AgentEvent.RunCompleted done ->
                ToolOutcome.success(new Answer(
                        done.content(),
                        child.sessionId(),
                        child.id(),
                        done.turns(),
                        done.usage(),
                        end.denied() == 0 ? null : Integer.valueOf(end.denied())));
            case AgentEvent.RunFailed failed ->
                new ToolOutcome.Failure(
                        "the agent " + agent + " failed: " + failed.error().message());
            case AgentEvent.RunCancelled stopped ->
                new ToolOutcome.Failure("the agent " + agent + " was stopped: " + stopped.reason());
        };
    }

    /// @throws RunLog.Stopping if not this call was cancelled, but the process is about to end: then the child
    ///                         goes on with the next, and so does this call
    private void stop(RunInfo child) throws InterruptedException {
        if (engine.isStopping()) {
            throw new RunLog.Stopping();
        }
        try {
            engine.cancel(child.owner(), child.id(), "the run that asked for it was cancelled");
        } catch (AgentException e) {
            if (!(e.error() instanceof AgentError.Conflict)) {
                throw e;
            }
        }
        engine.awaitEnd(child.id(), END);
    }
}
