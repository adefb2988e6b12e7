package dev.dwata.agent;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.BudgetedRunsContract;
import dev.dwata.agent.testing.InMemoryStore;

class BudgetTest extends BudgetedRunsContract {
    private final Store store = new InMemoryStore();

    @Override
    protected Store open() {
        return store;
    }
}
