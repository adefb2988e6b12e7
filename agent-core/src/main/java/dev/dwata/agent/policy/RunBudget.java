package dev.dwata.agent.policy;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Budgets;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Reservation;
import dev.dwata.agent.store.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps one run to the budgets it belongs to. What a call may use at most is set aside in the store before it
/// begins, for all runs of all processes alike.
///
/// A call that is refused only because of what is set aside for others waits, since they may use less. One that
/// is refused by what is spent fails with [AgentError.BudgetExceeded].
public final class RunBudget {
    private static final long POLL_MILLIS = 100;

    private final BudgetPolicy policy;
    private final Budgets budgets;
    private final RunInfo run;
    private final List<Ceiling> ofModels;
    private final List<Ceiling> ofTools;

    public RunBudget(BudgetPolicy policy, Budgets budgets, RunInfo run) {
        this.policy = policy;
        this.budgets = budgets;
        this.run = run;
        this.ofModels = policy.ceilings(Measure.TOKENS, Measure.USD);
        this.ofTools = policy.ceilings(Measure.TOOL_CALLS);
    }

    /// How long a run may go on.
    ///
    /// @param over what is said then
    public record Time(Duration left, AgentError over) {}

    /// The model, asked within the budgets. Its calls must become entries of the run's log, [turns][
    /// dev.dwata.types.AgentEvent.TurnCompleted] or [compactions][dev.dwata.types.AgentEvent.ContextCompacted]:
    /// these settle them.
    public Model around(Model model) {
        return ofModels.isEmpty() ? model : model.through(new BudgetedClient(this, model));
    }

    /// To be called before a tool call is announced.
    ///
    /// @throws AgentException with `BudgetExceeded` if it may not begin
    public void reserve(String toolCall) throws InterruptedException {
        if (ofTools.isEmpty()) {
            return;
        }
        Wait wait = new Wait(policy.patience());
        while (budgets.reserve(run.id(), toolCall, Amount.TOOL_CALL, ofTools) instanceof Reservation.Refused refused) {
            if (!refused.mayPass(Amount.TOOL_CALL)) {
                throw Overspending.of(refused.ceiling(), refused.balance());
            }
            wait.aLittle(refused.ceiling(), refused.balance());
        }
    }

    /// The time that is left for a run that people asked for; absent where there is no limit, and for runs that
    /// work for others, which end with those.
    ///
    /// @throws AgentException with `BudgetExceeded` if there is none left
    public @Nullable Time time() {
        List<Ceiling> ceilings = policy.ceilings(Measure.SECONDS);
        if (ceilings.isEmpty() || run.depth() > 0) {
            return null;
        }
        Map<Scope, Balance> balances = budgets.balances(run.id());
        Time least = null;
        for (Ceiling ceiling : ceilings) {
            Balance balance = balances.getOrDefault(ceiling.scope(), Balance.NONE);
            Duration left = Duration.ofMillis(ceiling.most() - balance.spent().millis());
            if (!left.isPositive()) {
                throw Overspending.of(ceiling, balance);
            }
            if (least == null || left.compareTo(least.left) < 0) {
                Balance then = new Balance(Amount.ofMillis(ceiling.most()), Amount.NONE);
                least = new Time(left, Overspending.timeIsUp(ceiling, then).error());
            }
        }
        return least;
    }

    /// What a call of the model costs at most.
    ///
    /// @throws AgentException with `BudgetExceeded` if that is not known and must be
    Prices prices(Model model) {
        Prices known = model.facts().prices();
        for (Ceiling ceiling : ofModels) {
            if (known == null && ceiling.measure() == Measure.USD && !policy.unpricedIsFree()) {
                throw Overspending.unpriced(model.id(), ceiling);
            }
        }
        return known == null ? new Prices(0, 0) : known;
    }

    /// Sets the most aside that a call of a model can use.
    ///
    /// @return how many tokens its reply may have
    long reserve(Question question) throws InterruptedException {
        Wait wait = new Wait(policy.patience());
        while (true) {
            Map<Scope, Balance> balances = budgets.balances(run.id());
            Affordable ever = question.affordable(ofModels, balances, false);
            if (ever.tokens() < question.least()) {
                throw Overspending.of(ever.ceiling(), ever.balance());
            }
            Affordable now = question.affordable(ofModels, balances, true);
            long output = Math.min(question.most(), now.tokens());
            boolean isEnough = output >= Math.min(question.enough(), ever.tokens());
            if (isEnough && isGranted(question.amount(output))) {
                return output;
            }
            wait.aLittle(now.ceiling(), now.balance());
        }
    }

    private boolean isGranted(Amount amount) {
        return budgets.reserve(run.id(), "", amount, ofModels) instanceof Reservation.Granted;
    }

    /// For a call that came to no entry.
    void settle(Amount spent) {
        budgets.settle(run.id(), "", spent);
    }

    private static final class Wait {
        private final long deadline;

        Wait(Duration longest) {
            deadline = System.nanoTime() + longest.toNanos();
        }

        void aLittle(Ceiling ceiling, Balance balance) throws InterruptedException {
            if (System.nanoTime() - deadline > 0) {
                throw Overspending.heldByOthers(ceiling, balance);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
