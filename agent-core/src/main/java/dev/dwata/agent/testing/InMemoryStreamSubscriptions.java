package dev.dwata.agent.testing;

import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.types.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

final class InMemoryStreamSubscriptions implements StreamSubscriptions {
    private static final Comparator<Key> BY_OWNER =
            Comparator.comparing((Key key) -> key.owner().id()).thenComparing(Key::id);

    private final StoredState state;
    private final Map<Key, StreamSubscription> all = new TreeMap<>(BY_OWNER);
    private @Nullable String key;

    private record Key(Principal owner, String id) {}

    InMemoryStreamSubscriptions(StoredState state) {
        this.state = state;
    }

    @Override
    public Optional<StreamSubscription> find(Principal owner, String id) {
        return state.locked(() -> Optional.ofNullable(all.get(new Key(owner, id))));
    }

    @Override
    public List<StreamSubscription> list(Principal owner) {
        return state.locked(() ->
                all.values().stream().filter(one -> one.owner().equals(owner)).toList());
    }

    @Override
    public List<StreamSubscription> all(int limit) {
        return state.locked(() -> all.values().stream().limit(limit).toList());
    }

    @Override
    public List<StreamSubscription> underWay(int limit) {
        return state.locked(() -> all.values().stream()
                .filter(one -> one.wake() != null)
                .limit(limit)
                .toList());
    }

    @Override
    public <T extends @Nullable Object> T change(
            Principal owner, String id, Function<@Nullable StreamSubscription, Changed<T>> change) {
        Key of = new Key(owner, id);
        return state.locked(() -> {
            StreamSubscription before = all.get(of);
            Changed<T> changed = change.apply(before);
            if (changed.now() == null) {
                all.remove(of);
            } else if (before == null && list(owner).size() >= MOST) {
                throw Refusal.tooManySubscriptions();
            } else {
                all.put(of, changed.now());
            }
            return changed.result();
        });
    }

    @Override
    public String signingKey(Supplier<String> made) {
        return state.locked(() -> {
            String known = key == null ? made.get() : key;
            key = known;
            return known;
        });
    }
}
