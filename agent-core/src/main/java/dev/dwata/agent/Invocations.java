package dev.dwata.agent;

import dev.dwata.agent.ToolRunner.Plan;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.StillRunningException;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.ToolProgressed;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AgentException;
import dev.dwata.types.Effect;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.Part;
import dev.dwata.types.RunInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Carries single tool calls of a run out: with whoever has to agree, with what they may ask people and
/// clients, and so that each can be stopped by itself.
final class Invocations {
    private static final Logger LOG = LoggerFactory.getLogger(Invocations.class);

    private final Run run;
    private final Consent consent;
    private final RunInputs inputs;
    private final RunningCalls running;
    private final Taint taint;

    /// For whom and where a run happens, what its model is not told, and how it is ended.
    record Run(RunInfo info, Redaction redaction, Secrets secrets, WatchedRun watched, RunTask.Stop stop) {}

    Invocations(Run run, Consent consent, RunInputs inputs, RunningCalls running, Taint taint) {
        this.run = run;
        this.consent = consent;
        this.inputs = inputs;
        this.running = running;
        this.taint = taint;
    }

    Scope watch(Part.ToolCall call) {
        return run.watched().call(call);
    }

    private ToolOutcome redacted(ToolOutcome outcome) {
        return RedactedOutcome.of(outcome, run.redaction());
    }

    /// Answers a call that is not carried out, or not any more: nobody has to answer what it has asked for.
    ///
    /// @throws InterruptedException if cancelled meanwhile
    /// @throws AgentException       if what happened could not be stored
    ToolOutcome answer(Part.ToolCall call, ToolOutcome outcome) throws InterruptedException {
        try {
            inputs.withdraw(call.id(), "the call that asked for it was cut off or is not possible any more");
        } catch (RunInputs.Unstored e) {
            throw e.why();
        }
        return redacted(outcome);
    }

    /// Whether a call that a crash has cut off waits for a client.
    boolean isForAClient(Part.ToolCall call) {
        return inputs.before().isForAClient(call.id());
    }

    /// What was asked before a call began is not asked again when it is repeated.
    void forgetApprovals(Part.ToolCall call) {
        while (inputs.before().firstKind(call.id()) == InputKind.APPROVAL) {
            inputs.before().next(call.id());
        }
    }

    /// @throws InterruptedException if cancelled meanwhile
    Plan plan(Part.ToolCall call, Tool tool) throws InterruptedException {
        if (!call.arguments().isObject()) {
            return new Plan.Answer(new ToolOutcome.Retry("the arguments are not a JSON object: " + call.arguments()));
        }
        if (tool.spec().effect() != Effect.PURE && RedactedOutcome.hides(call, run.redaction())) {
            return new Plan.Answer(new ToolOutcome.Failure(RedactedOutcome.WITHHELD));
        }
        try {
            return new Plan.Propose(consent.propose(call, tool, context(call, Scope.NONE, null)));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new Plan.Answer(failure(call, e));
        }
    }

    /// @throws InterruptedException if the run was cancelled meanwhile
    /// @throws AgentException       if what happened could not be stored
    ToolOutcome carryOut(Part.ToolCall call, Plan plan, Scope scope) throws InterruptedException {
        try (RunningCall current = running.begin(run.info().id(), call, run.stop())) {
            try {
                return redacted(outcome(call, plan, context(call, scope, current)));
            } catch (InterruptedException e) {
                String reason = current.stoppedBecause();
                if (e instanceof StillRunningException still) {
                    running.leaveBehind(run.info().id(), still.what());
                }
                if (reason == null) {
                    throw e;
                }
                return new ToolOutcome.Failure("cancelled: " + reason + left(e));
            } catch (RunLog.Stopping e) {
                throw e;
            } catch (RunInputs.Unstored e) {
                throw e.why();
            } catch (Exception e) {
                return redacted(failure(call, e));
            }
        }
    }

    /// What goes on all the same.
    static String left(InterruptedException e) {
        return e instanceof StillRunningException still ? "; still running: " + String.join(", ", still.what()) : "";
    }

    private ToolOutcome failure(Part.ToolCall call, Exception e) {
        if (e instanceof AgentException known) {
            return new ToolOutcome.Failure(run.secrets().hidden(known.error().message()));
        }
        LOG.warn("tool {} failed", call.name(), e);
        return new ToolOutcome.Failure(run.secrets().hidden(call.name() + " failed: " + e));
    }

    private ToolOutcome outcome(Part.ToolCall call, Plan plan, ToolContext context) throws Exception {
        return switch (plan) {
            case Plan.Answer answer -> answer.outcome();
            case Plan.Repeat again -> call(again.tool(), again.call().arguments(), context);
            case Plan.Propose it ->
                switch (consent.agree(it.proposal(), context)) {
                    case Consent.Refused refused -> refused.outcome();
                    case Consent.Agreed agreed -> {
                        if (agreed.asked()) {
                            inputs.emit(new ToolStarted(call.id(), agreed.arguments()));
                        }
                        ToolOutcome outcome = call(it.proposal().tool(), agreed.arguments(), context);
                        yield agreed.edited() ? saying(outcome, agreed.arguments()) : outcome;
                    }
                };
        };
    }

    private ToolOutcome call(Tool tool, JsonNode arguments, ToolContext context) throws Exception {
        ToolOutcome outcome = withoutSecrets(tool.call(run.secrets().in(arguments), context));
        if (outcome.succeeded() && tool.spec().has(ToolTrait.FOREIGN)) {
            taint.mark();
        }
        return outcome;
    }

    private ToolOutcome withoutSecrets(ToolOutcome outcome) {
        return switch (outcome) {
            case ToolOutcome.Success it ->
                run.secrets().hidden(it.data()) instanceof ObjectNode data ? new ToolOutcome.Success(data) : it;
            case ToolOutcome.Retry it -> new ToolOutcome.Retry(run.secrets().hidden(it.message()));
            case ToolOutcome.Failure it -> new ToolOutcome.Failure(run.secrets().hidden(it.message()));
            case ToolOutcome.Denied it -> it;
            case ToolOutcome.Skipped it -> it;
        };
    }

    /// The model is told what was done instead of what it wanted.
    private static ToolOutcome saying(ToolOutcome outcome, JsonNode arguments) {
        return outcome instanceof ToolOutcome.Success it
                ? new ToolOutcome.Success(it.data().deepCopy().set("edited_arguments", arguments))
                : outcome;
    }

    private ToolContext context(Part.ToolCall call, Scope scope, @Nullable RunningCall current) {
        return new ToolContext(
                run.info().owner(),
                run.info().sessionId(),
                run.info().id(),
                call.id(),
                (progress, message) -> {
                    String shown = message == null ? null : run.secrets().hidden(message);
                    if (current != null) {
                        current.report(progress, shown);
                    }
                    inputs.emit(new ToolProgressed(call.id(), progress, shown));
                },
                scope,
                ask -> ask(call, scope, ask));
    }

    private InputResolved ask(Part.ToolCall call, Scope scope, Asking.Ask ask) throws InterruptedException {
        try (Scope waiting = scope.awaitInput(ask.kind().wireName())) {
            InputResolved said = inputs.ask(call.id(), ask.patience(), expiry -> request(call, ask, expiry))
                    .resolution();
            waiting.end(new Outcome.Done());
            return said;
        }
    }

    private static InputRequested request(Part.ToolCall call, Asking.Ask ask, Instant expiry) {
        return new InputRequested(
                InputId.create(),
                ask.kind(),
                call.id(),
                call.name(),
                call.arguments(),
                ask.reason(),
                null,
                null,
                null,
                ask.questions(),
                ask.form(),
                ask.patience().toMillis(),
                expiry,
                ask.target());
    }
}
