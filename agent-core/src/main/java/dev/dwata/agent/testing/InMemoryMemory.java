package dev.dwata.agent.testing;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.Memory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class InMemoryMemory implements Memory {
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private final StoredState state;

    InMemoryMemory(StoredState state) {
        this.state = state;
    }

    @Override
    public Optional<Entry> get(Scope scope, String key) {
        return state.locked(() -> Optional.ofNullable(entries(scope).get(CleanText.of(key))));
    }

    @Override
    public void set(Scope scope, String key, String value) {
        String cleanKey = CleanText.of(key);
        String cleanValue = CleanText.of(value);
        state.locked(() -> {
            if (scope.session() != null) {
                state.session(scope.owner(), scope.session());
            }
            return state.memory
                    .computeIfAbsent(scope, s -> new TreeMap<>(BY_CODE_POINT))
                    .put(cleanKey, new Entry(cleanKey, cleanValue, state.now()));
        });
    }

    @Override
    public List<Entry> list(Scope scope, String prefix) {
        String cleanPrefix = CleanText.of(prefix);
        return state.locked(() -> entries(scope).values().stream()
                .filter(entry -> entry.key().startsWith(cleanPrefix))
                .toList());
    }

    @Override
    public boolean delete(Scope scope, String key) {
        return state.locked(() -> entries(scope).remove(CleanText.of(key)) != null);
    }

    private Map<String, Entry> entries(Scope scope) {
        return state.memory.getOrDefault(scope, new TreeMap<>());
    }
}
