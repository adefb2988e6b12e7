package dev.dwata.persistence;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Budgets;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Reservation;
import dev.dwata.agent.store.Scope;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.persistence.Ledger.Account;
import dev.dwata.types.RunId;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

final class SqliteBudgets implements Budgets {
    private final Writer writer;
    private final Readers readers;
    private final InstantSource clock;

    SqliteBudgets(Writer writer, Readers readers, InstantSource clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public Reservation reserve(RunId run, String call, Amount amount, List<Ceiling> ceilings) {
        return writer.call(Safety.SYNCED, transaction -> {
            Ledger ledger = new Ledger(transaction.handle);
            Account account = ledger.account(run, transaction.now());
            if (call.isEmpty()) {
                ledger.forfeit(run);
            } else {
                ledger.release(run, call);
            }
            Map<Scope, Balance> balances = new EnumMap<>(Scope.class);
            for (Ceiling ceiling : ceilings) {
                Balance balance = balances.computeIfAbsent(ceiling.scope(), scope -> ledger.balance(account, scope));
                Measure measure = ceiling.measure();
                long after =
                        balance.spent().plus(balance.reserved()).plus(amount).of(measure);
                if (after > ceiling.most()) {
                    return new Reservation.Refused(ceiling, balance);
                }
            }
            ledger.reserve(run, call, account, amount);
            return new Reservation.Granted();
        });
    }

    @Override
    public void settle(RunId run, String call, Amount spent) {
        writer.call(Safety.SYNCED, transaction -> {
            Ledger ledger = new Ledger(transaction.handle);
            ledger.spend(ledger.account(run, transaction.now()), spent);
            ledger.release(run, call);
            return spent;
        });
    }

    @Override
    public Map<Scope, Balance> balances(RunId run) {
        return readers.read(handle -> {
            Ledger ledger = new Ledger(handle);
            Account account = ledger.account(run, clock.instant());
            Map<Scope, Balance> balances = new EnumMap<>(Scope.class);
            for (Scope scope : Scope.values()) {
                balances.put(scope, ledger.balance(account, scope));
            }
            return balances;
        });
    }
}
