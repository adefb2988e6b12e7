package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Scope;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.BudgetedRunsContract;
import dev.dwata.types.RunInfo;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest extends BudgetedRunsContract {
    @TempDir
    Path folder;

    @Override
    protected Store open() {
        return SqliteStore.open(database());
    }

    private Path database() {
        return folder.resolve("db.sqlite3");
    }

    /// What a call set aside may have been used; once its turn is stored, that tells. A tool call that was not
    /// announced was not begun.
    @ParameterizedTest
    @CsvSource({"before, 5000, 700", "after, 120, 250000"})
    void whatAProcessHadSetAsideThatIsGoneCountsAsSpent(String when, long tokens, long microUsd) throws Exception {
        assertThat(Programs.start(SpendingProgram.class, database(), when).waitFor())
                .isEqualTo(SpendingProgram.HALTED);

        try (Store store = open()) {
            RunInfo run = store.runs().adopt(null).get(0);
            for (Scope scope : Scope.values()) {
                assertThat(store.budgets().balances(run.id()).get(scope))
                        .isEqualTo(new Balance(new Amount(tokens, microUsd, 0, 0), Amount.NONE));
            }
        }
    }
}
