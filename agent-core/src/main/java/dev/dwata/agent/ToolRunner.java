package dev.dwata.agent;

import dev.dwata.agent.Consent.Proposal;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs the tool calls of one run. Each gets exactly one result, announced before and told after, also when the
/// run is cancelled in between: models refuse a conversation with an unanswered call.
final class ToolRunner {
    private static final String UNKNOWN =
            "outcome unknown: the process ended while this ran; check its effects before repeating it";

    private final OfferedTools tools;
    private final CallChecks checks;
    private final Invocations invocations;
    private final EventSink sink;
    private int failedInARow;
    private volatile boolean cancelled;

    /// What is to become of calls that were announced, by their ids.
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();

    /// What is to become of a call.
    sealed interface Plan {
        /// It is called, unless somebody has to agree and does not.
        record Propose(Proposal proposal) implements Plan {}

        /// It is called again with what it was called with before.
        record Repeat(Part.ToolCall call, Tool tool) implements Plan {}

        /// It is not called.
        record Answer(ToolOutcome outcome) implements Plan {}
    }

    ToolRunner(OfferedTools tools, CallChecks checks, Invocations invocations, EventSink sink) {
        this.tools = tools;
        this.checks = checks;
        this.invocations = invocations;
        this.sink = sink;
    }

    /// What the model is offered for its next reply.
    List<ToolSpec> specs() {
        return tools.refreshed();
    }

    /// How many calls have failed since the last that succeeded.
    int failedInARow() {
        return failedInARow;
    }

    /// Runs the calls in their order; those next to each other that may run at the same time do so, after all
    /// of them were announced.
    ///
    /// @return their results, in the same order
    /// @throws InterruptedException if cancelled; every call has been announced and answered all the same
    /// @throws AgentException if a limit or a budget ends the run; likewise
    List<Part> run(List<Part.ToolCall> calls) throws InterruptedException {
        List<Part> results = new ArrayList<>(calls.size());
        for (List<Part.ToolCall> group : Together.groups(calls, this::mayRunBesideOthers)) {
            List<ToolOutcome> outcomes = run(group, this::announce);
            for (int i = 0; i < group.size(); i++) {
                ToolOutcome outcome = outcomes.get(i);
                failedInARow = outcome.succeeded() ? 0 : failedInARow + 1;
                Part.ToolCall call = group.get(i);
                results.add(new Part.ToolResult(call.id(), call.name(), outcome.succeeded(), outcome.result()));
            }
        }
        stopIfOver();
        return results;
    }

    private void stopIfOver() throws InterruptedException {
        if (cancelled) {
            throw new InterruptedException("cancelled");
        }
        checks.stopIfOver();
    }

    private List<ToolOutcome> run(List<Part.ToolCall> group, Consumer<Part.ToolCall> before)
            throws InterruptedException {
        group.forEach(before);
        return Together.run(group, this::runAndAnswer, () -> cancelled = true);
    }

    private boolean mayRunBesideOthers(Part.ToolCall call) {
        return tools.find(call.name()).map(Tool::runsBesideOthers).orElse(false);
    }

    /// Answers the calls of a turn that a crash cut short: those that have their result are left, those that
    /// have not begun are run, and of those between the two only what may run twice is run again.
    ///
    /// @throws InterruptedException if cancelled; every call has been announced and answered all the same
    void settle(Resumption from) throws InterruptedException {
        List<Part.ToolCall> open =
                from.calls().stream().filter(call -> !from.isReturned(call)).toList();
        List<Part.ToolCall> again = new ArrayList<>();
        for (Part.ToolCall call : open) {
            if (!from.isAnnounced(call) || from.isHeldBack(call) || mayRunAgain(call)) {
                again.add(call);
            } else {
                plans.put(call.id(), new Plan.Answer(new ToolOutcome.Failure(UNKNOWN)));
                runAndAnswer(call);
            }
        }
        for (List<Part.ToolCall> group : Together.groups(again, this::mayRunBesideOthers)) {
            run(group, call -> {
                if (from.isAnnounced(call)) {
                    plans.put(call.id(), planAgain(call, from.startedWith(call)));
                } else {
                    announce(call);
                }
            });
        }
        stopIfOver();
    }

    private boolean mayRunAgain(Part.ToolCall call) {
        return tools.find(call.name())
                .map(tool -> tool.spec().effect() != Effect.ONCE)
                .orElse(false);
    }

    /// @param startedWith what a call that somebody had agreed to has begun with; absent if it has not
    private Plan planAgain(Part.ToolCall call, @Nullable JsonNode startedWith) {
        Tool tool = tools.find(call.name()).orElse(null);
        if (tool == null && invocations.isForAClient(call)) {
            tool = ClientTool.standIn(call.name());
        }
        if (tool != null && startedWith != null) {
            invocations.forgetApprovals(call);
            return new Plan.Repeat(new Part.ToolCall(call.id(), call.name(), startedWith), tool);
        }
        return plan(call, tool);
    }

    private void announce(Part.ToolCall call) {
        Plan plan = check(call);
        plans.put(call.id(), plan);
        if (plan instanceof Plan.Propose it) {
            emit(new ToolCalled(
                    call.id(),
                    call.name(),
                    call.arguments(),
                    it.proposal().decision().level(),
                    it.proposal().forTheLog()));
            return;
        }
        Approval level =
                tools.find(call.name()).map(tool -> tool.spec().approval()).orElse(Approval.CONFIRM);
        emit(new ToolCalled(call.id(), call.name(), call.arguments(), level));
    }

    /// Before it is announced, since from then on it counts.
    private Plan check(Part.ToolCall call) {
        if (!cancelled) {
            try {
                ToolOutcome refusal = checks.refuse(call);
                if (refusal != null) {
                    return new Plan.Answer(refusal);
                }
            } catch (InterruptedException e) {
                cancelled = true;
            }
        }
        return cancelled
                ? new Plan.Answer(new ToolOutcome.Failure("cancelled before it started"))
                : plan(call, tools.find(call.name()).orElse(null));
    }

    private Plan plan(Part.ToolCall call, @Nullable Tool tool) {
        if (tool == null) {
            return new Plan.Answer(new ToolOutcome.Retry("there is no tool called '" + call.name() + "'"));
        }
        try {
            return invocations.plan(call, tool);
        } catch (InterruptedException e) {
            cancelled = true;
            return new Plan.Answer(new ToolOutcome.Failure("cancelled before it started"));
        }
    }

    private ToolOutcome runAndAnswer(Part.ToolCall call) {
        long start = System.nanoTime();
        ToolOutcome outcome = outcome(call, plans.remove(call.id()));
        long millis = (System.nanoTime() - start) / 1_000_000;
        ObjectNode result = outcome.result();
        String error = outcome.succeeded() ? null : result.path("error").asString("");
        emit(new ToolReturned(call.id(), call.name(), outcome.succeeded(), result, error, millis));
        if (error != null && !cancelled) {
            emit(new ErrorReported(new AgentError.ToolFailed(call.name() + ": " + error)));
        }
        return outcome;
    }

    private ToolOutcome outcome(Part.ToolCall call, @Nullable Plan plan) {
        if (plan instanceof Plan.Answer answer) {
            return answer(call, answer.outcome());
        }
        return cancelled || plan == null
                ? answer(call, new ToolOutcome.Failure("cancelled before it started"))
                : watch(call, plan);
    }

    /// An interrupt means that it has to be answered once more.
    private ToolOutcome answer(Part.ToolCall call, ToolOutcome outcome) {
        while (true) {
            try {
                return invocations.answer(call, outcome);
            } catch (InterruptedException e) {
                cancelled = true;
            }
        }
    }

    /// Emits whatever happens: an interrupt means that the event was not taken, and is remembered while it is
    /// given again.
    private void emit(AgentEvent event) {
        while (true) {
            try {
                sink.emit(event);
                return;
            } catch (InterruptedException e) {
                cancelled = true;
            }
        }
    }

    private ToolOutcome watch(Part.ToolCall call, Plan plan) {
        try (Scope scope = invocations.watch(call)) {
            ToolOutcome outcome = invoke(call, plan, scope);
            if (!cancelled) {
                String error = outcome.succeeded() ? null : outcome.getClass().getSimpleName();
                scope.end(new Outcome.Returned(outcome.result(), error));
            }
            return outcome;
        }
    }

    private ToolOutcome invoke(Part.ToolCall call, Plan plan, Scope scope) {
        try {
            return invocations.carryOut(call, plan, scope);
        } catch (InterruptedException e) {
            cancelled = true;
            return new ToolOutcome.Failure("cancelled before it finished" + Invocations.left(e));
        }
    }
}
