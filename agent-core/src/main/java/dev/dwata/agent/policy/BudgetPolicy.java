package dev.dwata.agent.policy;

import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What runs may use before they are stopped. What a run has other agents use counts as its own.
///
/// @param budgets        by scope; a scope that is absent has no limit
/// @param unpricedIsFree whether a model whose price is not known counts as free; otherwise it is not asked
///                       under a budget in US dollars
/// @param patience       how long a call waits at most for others that have set aside what it needs
public record BudgetPolicy(Map<Scope, Budget> budgets, boolean unpricedIsFree, Duration patience) {
    public static final Duration PATIENCE = Duration.ofMinutes(5);
    public static final BudgetPolicy UNLIMITED = new BudgetPolicy(Map.of(), false, PATIENCE);

    public BudgetPolicy {
        budgets = Map.copyOf(budgets);
    }

    /// For one scope alone.
    public static BudgetPolicy of(Scope scope, Budget budget) {
        return UNLIMITED.with(scope, budget);
    }

    /// The same with another budget for a scope.
    public BudgetPolicy with(Scope scope, Budget budget) {
        Map<Scope, Budget> all = new EnumMap<>(Scope.class);
        all.putAll(budgets);
        all.put(scope, budget);
        return new BudgetPolicy(all, unpricedIsFree, patience);
    }

    /// The same with no more than `budget` for a scope.
    public BudgetPolicy within(Scope scope, Budget budget) {
        return with(scope, budgets.getOrDefault(scope, Budget.UNLIMITED).and(budget));
    }

    public BudgetPolicy unpricedIsFree(boolean free) {
        return new BudgetPolicy(budgets, free, patience);
    }

    public BudgetPolicy patience(Duration longest) {
        return new BudgetPolicy(budgets, unpricedIsFree, longest);
    }

    List<Ceiling> ceilings(Measure... measures) {
        List<Ceiling> ceilings = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            for (Ceiling ceiling : budgets.getOrDefault(scope, Budget.UNLIMITED).ceilings(scope)) {
                if (List.of(measures).contains(ceiling.measure())) {
                    ceilings.add(ceiling);
                }
            }
        }
        return ceilings;
    }
}
