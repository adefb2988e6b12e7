package dev.dwata.agent;

import dev.dwata.agent.policy.RunBudget;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run's tool calls must pass before anything of them happens: they do not go in circles, and they are
/// within the budget. After the call that ends the run, none of the same turn is run.
final class CallChecks {
    private final Limits limits;
    private final RepeatedCalls repeated;
    private final RunBudget budget;
    private @Nullable AgentException end;

    CallChecks(Limits limits, RunBudget budget) {
        this.limits = limits;
        this.repeated = new RepeatedCalls(limits);
        this.budget = budget;
    }

    /// What was called before the run was cut off.
    void resume(List<Part.ToolCall> called) {
        called.forEach(repeated::next);
    }

    /// @return what the call is answered with instead of being run; absent: it may run
    @Nullable
    ToolOutcome refuse(Part.ToolCall call) throws InterruptedException {
        if (end != null) {
            return new ToolOutcome.Skipped("it was not run: " + end.error().message());
        }
        return switch (repeated.next(call)) {
            case FINE -> overBudget(call);
            case TOO_OFTEN ->
                new ToolOutcome.Skipped("it was not run: you have made this very call of " + call.name()
                        + " before, again and again; its results are above. Do something else, or answer with what you"
                        + " have. If you make it once more, the run is stopped.");
            case AGAIN -> {
                end = new AgentException(new AgentError.LimitReached(
                        "the run was stopped because it made the same call of " + call.name() + " again and again",
                        "identicalToolCalls",
                        limits.maxIdenticalToolCalls()));
                yield new ToolOutcome.Skipped("it was not run: " + end.error().message());
            }
        };
    }

    private @Nullable ToolOutcome overBudget(Part.ToolCall call) throws InterruptedException {
        try {
            budget.reserve(call.id());
            return null;
        } catch (AgentException e) {
            if (!(e.error() instanceof AgentError.BudgetExceeded)) {
                throw e;
            }
            end = e;
            return new ToolOutcome.Skipped("it was not run: " + e.error().message());
        }
    }

    /// @throws AgentException if the run must not go on
    void stopIfOver() {
        if (end != null) {
            throw end;
        }
    }
}
