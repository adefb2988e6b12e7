package dev.dwata.agent.testing;

import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.Children;
import java.util.List;

/// Knows the children of this process alone, so that there are none to adopt but those of a simulated crash.
final class InMemoryChildren implements Children {
    private final StoredState state;

    InMemoryChildren(StoredState state) {
        this.state = state;
    }

    @Override
    public void put(Child child) {
        state.locked(() -> state.children.put(child.marker(), child));
    }

    @Override
    public void remove(String marker) {
        state.locked(() -> state.children.remove(marker));
    }

    @Override
    public List<Child> adopt() {
        return state.locked(() -> {
            List<Child> found = state.children.values().stream()
                    .filter(child -> state.orphans.contains(child.marker()))
                    .toList();
            state.orphans.clear();
            return found;
        });
    }
}
