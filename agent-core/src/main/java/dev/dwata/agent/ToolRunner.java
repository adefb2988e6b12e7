package dev.dwata.agent;

import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolProgressed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Runs the tool calls of one run. Each gets exactly one result, announced before and told after, also when the
/// run is cancelled in between: models refuse a conversation with an unanswered call.
final class ToolRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);

    private static final String UNKNOWN =
            "outcome unknown: the process ended while this ran; check its effects before repeating it";

    private final ToolRegistry tools;
    private final Rules rules;
    private final Identity who;
    private final EventSink sink;
    private int failedInARow;
    private volatile boolean cancelled;

    /// What calls are answered with that are not run, by their ids.
    private final Map<String, ToolOutcome> refused = new ConcurrentHashMap<>();

    /// For whom and where a run happens, and what its model is not told.
    record Identity(Principal principal, SessionId session, RunId run, Redaction redaction, WatchedRun watched) {}

    /// What may run.
    record Rules(ToolPolicy policy, CallChecks checks) {}

    ToolRunner(ToolRegistry tools, Rules rules, Identity who, EventSink sink) {
        this.tools = tools;
        this.rules = rules;
        this.who = who;
        this.sink = sink;
    }

    List<ToolSpec> specs() {
        return tools.specs();
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
        rules.checks().stopIfOver();
    }

    private List<ToolOutcome> run(List<Part.ToolCall> group, Consumer<Part.ToolCall> before)
            throws InterruptedException {
        group.forEach(before);
        return Together.run(group, call -> runAndAnswer(call, false), () -> cancelled = true);
    }

    private boolean mayRunBesideOthers(Part.ToolCall call) {
        return tools.find(call.name()).map(Tool::runsBesideOthers).orElse(false);
    }

    /// Answers the calls of a turn that a crash cut short: those that have their result are left, those that
    /// were not announced are run, and of those between the two only what may run twice is run again.
    ///
    /// @throws InterruptedException if cancelled; every call has been announced and answered all the same
    void settle(List<Part.ToolCall> calls, Set<String> announced, Set<String> returned) throws InterruptedException {
        List<Part.ToolCall> open =
                calls.stream().filter(call -> !returned.contains(call.id())).toList();
        for (Part.ToolCall call : open) {
            if (announced.contains(call.id()) && !mayRunAgain(call)) {
                runAndAnswer(call, true);
            }
        }
        List<Part.ToolCall> again = open.stream()
                .filter(call -> !announced.contains(call.id()) || mayRunAgain(call))
                .toList();
        for (List<Part.ToolCall> group : Together.groups(again, this::mayRunBesideOthers)) {
            run(group, call -> {
                if (!announced.contains(call.id())) {
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

    private void announce(Part.ToolCall call) {
        check(call);
        Approval approval =
                tools.find(call.name()).map(tool -> tool.spec().approval()).orElse(Approval.CONFIRM);
        emit(new ToolCalled(call.id(), call.name(), call.arguments(), approval));
    }

    /// Before it is announced, since from then on it counts.
    private void check(Part.ToolCall call) {
        if (cancelled) {
            return;
        }
        try {
            ToolOutcome refusal = rules.checks().refuse(call);
            if (refusal != null) {
                refused.put(call.id(), RedactedOutcome.of(refusal, who.redaction()));
            }
        } catch (InterruptedException e) {
            cancelled = true;
        }
    }

    private ToolOutcome runAndAnswer(Part.ToolCall call, boolean unknown) {
        long start = System.nanoTime();
        ToolOutcome outcome = refused.remove(call.id());
        if (unknown) {
            outcome = new ToolOutcome.Failure(UNKNOWN);
        } else if (outcome == null) {
            outcome = cancelled ? new ToolOutcome.Failure("cancelled before it started") : watch(call);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        ObjectNode result = outcome.result();
        String error = outcome.succeeded() ? null : result.path("error").asString("");
        emit(new ToolReturned(call.id(), call.name(), outcome.succeeded(), result, error, millis));
        if (error != null && !cancelled) {
            emit(new ErrorReported(new AgentError.ToolFailed(call.name() + ": " + error)));
        }
        return outcome;
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

    private ToolOutcome watch(Part.ToolCall call) {
        try (Scope scope = who.watched().call(call)) {
            ToolOutcome outcome = RedactedOutcome.of(decideAndCall(call, scope), who.redaction());
            if (!cancelled) {
                String error = outcome.succeeded() ? null : outcome.getClass().getSimpleName();
                scope.end(new Outcome.Returned(outcome.result(), error));
            }
            return outcome;
        }
    }

    private ToolOutcome decideAndCall(Part.ToolCall call, Scope scope) {
        Optional<Tool> tool = tools.find(call.name());
        if (tool.isEmpty()) {
            return new ToolOutcome.Retry("there is no tool called '" + call.name() + "'");
        }
        if (!call.arguments().isObject()) {
            return new ToolOutcome.Retry("the arguments are not a JSON object: " + call.arguments());
        }
        if (tool.get().spec().effect() != Effect.PURE && RedactedOutcome.hides(call, who.redaction())) {
            return new ToolOutcome.Failure(RedactedOutcome.WITHHELD);
        }
        ToolContext context = new ToolContext(
                who.principal(),
                who.session(),
                who.run(),
                call.id(),
                (progress, message) -> sink.emit(new ToolProgressed(call.id(), progress, message)),
                scope,
                Asking.NOBODY);
        try {
            return switch (rules.policy().decide(tool.get().spec(), call.arguments(), context)) {
                case ToolPolicy.Decision.Denied denied -> new ToolOutcome.Denied(denied.reason());
                case ToolPolicy.Decision.Allowed allowed -> tool.get().call(call.arguments(), context);
            };
        } catch (InterruptedException e) {
            cancelled = true;
            return new ToolOutcome.Failure("cancelled before it finished");
        } catch (RunLog.Stopping e) {
            throw e;
        } catch (AgentException e) {
            return new ToolOutcome.Failure(e.error().message());
        } catch (Exception e) {
            LOG.warn("tool {} failed", call.name(), e);
            return new ToolOutcome.Failure(call.name() + " failed: " + e);
        }
    }
}
