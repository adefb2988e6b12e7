package dev.dwata.agent.testing;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Budgets;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Reservation;
import dev.dwata.agent.store.Scope;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import java.util.List;
import java.util.Map;

final class InMemoryBudgets implements Budgets {
    private final StoredState state;

    InMemoryBudgets(StoredState state) {
        this.state = state;
    }

    @Override
    public Reservation reserve(RunId id, String call, Amount amount, List<Ceiling> ceilings) {
        return state.locked(() -> {
            RunInfo run = run(id);
            state.ledger.forfeit(run, call);
            Map<Scope, Balance> balances = state.ledger.balances(run, state.now());
            for (Ceiling ceiling : ceilings) {
                Balance balance = balances.getOrDefault(ceiling.scope(), Balance.NONE);
                Measure measure = ceiling.measure();
                long after =
                        balance.spent().plus(balance.reserved()).plus(amount).of(measure);
                if (after > ceiling.most()) {
                    return new Reservation.Refused(ceiling, balance);
                }
            }
            state.ledger.reserve(run, call, amount, state.now());
            return new Reservation.Granted();
        });
    }

    @Override
    public void settle(RunId id, String call, Amount spent) {
        state.locked(() -> {
            state.ledger.release(id, call);
            state.ledger.spend(run(id), spent, state.now());
            return spent;
        });
    }

    @Override
    public Map<Scope, Balance> balances(RunId id) {
        return state.locked(() -> state.ledger.balances(run(id), state.now()));
    }

    private RunInfo run(RunId id) {
        RunState run = state.runs.get(id);
        if (run == null) {
            throw Refusal.noRun(id);
        }
        return run.info;
    }
}
