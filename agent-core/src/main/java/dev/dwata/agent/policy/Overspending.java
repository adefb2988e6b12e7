package dev.dwata.agent.policy;

import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.Locale;

/// What is said when a budget does not allow what comes next.
final class Overspending {
    private Overspending() {}

    static AgentException of(Ceiling ceiling, Balance balance) {
        String spent = "the budget of " + whose(ceiling) + " is used up: " + amount(ceiling, spent(ceiling, balance))
                + " of " + amount(ceiling, ceiling.most()) + " are spent, and the next step needs more";
        return exception(spent, ceiling, balance);
    }

    static AgentException heldByOthers(Ceiling ceiling, Balance balance) {
        String held = "the budget of " + whose(ceiling) + ", " + amount(ceiling, ceiling.most())
                + ", does not allow the next step: " + amount(ceiling, spent(ceiling, balance)) + " are spent and "
                + amount(ceiling, balance.reserved().of(ceiling.measure()))
                + " are set aside for calls that have not come to their end";
        return exception(held, ceiling, balance);
    }

    static AgentException timeIsUp(Ceiling ceiling, Balance balance) {
        String over = "the run was stopped: the budget of " + whose(ceiling) + ", " + amount(ceiling, ceiling.most())
                + " of time, is used up";
        return exception(over, ceiling, balance);
    }

    /// A model under a budget in money whose price nobody knows.
    static AgentException unpriced(String model, Ceiling ceiling) {
        return new AgentException(new AgentError.BudgetExceeded(
                "the price of " + model + " is not known, so that the budget of " + whose(ceiling)
                        + " in US dollars cannot be kept: give the model a price in config.json, or set"
                        + " budgets.unpriced to \"free\"",
                ceiling.scope().wireName(),
                ceiling.measure().wireName(),
                ceiling.measure().inUnits(ceiling.most()),
                0));
    }

    private static AgentException exception(String what, Ceiling ceiling, Balance balance) {
        String setting = ceiling.scope().wireName() + "." + ceiling.measure().wireName();
        return new AgentException(new AgentError.BudgetExceeded(
                what + " (raise budgets." + setting + " in config.json)",
                ceiling.scope().wireName(),
                ceiling.measure().wireName(),
                ceiling.measure().inUnits(ceiling.most()),
                ceiling.measure().inUnits(spent(ceiling, balance))));
    }

    private static long spent(Ceiling ceiling, Balance balance) {
        return balance.spent().of(ceiling.measure());
    }

    private static String whose(Ceiling ceiling) {
        return switch (ceiling.scope()) {
            case RUN -> "this run";
            case SESSION -> "this session";
            case OWNER -> "all your sessions";
            case DAY -> "this day";
        };
    }

    private static String amount(Ceiling ceiling, long counted) {
        double units = ceiling.measure().inUnits(counted);
        return switch (ceiling.measure()) {
            case TOKENS -> counted + " tokens";
            case USD -> String.format(Locale.ROOT, "%.4f US dollars", units);
            case TOOL_CALLS -> counted + " tool calls";
            case SECONDS -> String.format(Locale.ROOT, "%.1f s", units);
        };
    }
}
