package dev.dwata.agent.testing;

import dev.dwata.agent.store.CleanFact;
import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SearchWords;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryMemory implements Memory {
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparing(Entry::updatedAt).reversed();

    /// How much more a word in a key weighs than one in a value.
    private static final int WEIGHT_OF_KEY = 8;

    private final StoredState state;

    InMemoryMemory(StoredState state) {
        this.state = state;
    }

    @Override
    public Optional<Entry> get(Scope scope, String key) {
        return state.locked(() -> Optional.ofNullable(entries(scope).get(CleanText.of(key))));
    }

    @Override
    public void set(Scope scope, String key, String value, @Nullable Boolean pinned) {
        CleanFact fact = CleanFact.of(key, value);
        state.locked(() -> {
            if (scope.session() != null) {
                state.session(scope.owner(), scope.session());
            }
            Entry before = entries(scope).get(fact.key());
            if (before == null && count(scope.owner()) >= MOST_FACTS) {
                throw Refusal.tooManyFacts();
            }
            Instant now = state.now();
            boolean wasPinned = before != null && before.pinned();
            Entry entry = new Entry(
                    fact.key(),
                    fact.value(),
                    pinned == null ? wasPinned : pinned,
                    before == null ? now : before.createdAt(),
                    now);
            return state.memory
                    .computeIfAbsent(scope, s -> new TreeMap<>(BY_CODE_POINT))
                    .put(fact.key(), entry);
        });
    }

    private long count(Principal owner) {
        return state.memory.entrySet().stream()
                .filter(scope -> scope.getKey().owner().equals(owner))
                .mapToLong(scope -> scope.getValue().size())
                .sum();
    }

    @Override
    public Page page(Scope scope, String prefix, int limit) {
        String cleanPrefix = CleanText.of(prefix);
        return state.locked(() -> {
            List<Entry> all = entries(scope).values().stream()
                    .filter(entry -> entry.key().startsWith(cleanPrefix))
                    .toList();
            return new Page(all.stream().limit(limit).toList(), all.size());
        });
    }

    @Override
    public List<Entry> pinned(Scope scope, int limit) {
        return state.locked(() -> entries(scope).values().stream()
                .filter(Entry::pinned)
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList());
    }

    @Override
    public List<Hit> search(Principal owner, @Nullable SessionId session, String query, int limit) {
        SearchWords words = SearchWords.of(query);
        if (words == null) {
            return List.of();
        }
        Scope everywhere = Scope.of(owner);
        return state.locked(() -> {
            Stream<Hit> inSession = session == null ? Stream.of() : hits(new Scope(owner, session), words);
            return Stream.concat(hits(everywhere, words), inSession)
                    .sorted(Comparator.comparingDouble((Hit hit) -> weight(hit.entry(), words))
                            .reversed())
                    .limit(limit)
                    .toList();
        });
    }

    private Stream<Hit> hits(Scope scope, SearchWords words) {
        return entries(scope).values().stream()
                .filter(entry -> words.matches(entry.key() + " " + entry.value()))
                .map(entry -> new Hit(scope, entry, words.snippet(entry.value())));
    }

    private static double weight(Entry entry, SearchWords words) {
        double found = WEIGHT_OF_KEY * words.countIn(entry.key()) + words.countIn(entry.value());
        return found / (100 + entry.key().length() + entry.value().length());
    }

    @Override
    public boolean delete(Scope scope, String key) {
        return state.locked(() -> entries(scope).remove(CleanText.of(key)) != null);
    }

    private Map<String, Entry> entries(Scope scope) {
        return state.memory.getOrDefault(scope, new TreeMap<>());
    }
}
