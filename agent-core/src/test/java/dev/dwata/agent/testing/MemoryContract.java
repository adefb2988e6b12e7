package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Memory.Scope;
import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [Memory] does; S4-137, C-58.
public abstract class MemoryContract extends StoreContract {
    private static final Scope MINE = Scope.of(OWNER);

    @Test
    void remembersUntilItIsToldOtherwise() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        memory().set(MINE, "city", "Brno");
        assertThat(memory().get(MINE, "city")).hasValueSatisfying(entry -> {
            assertThat(entry.key()).isEqualTo("city");
            assertThat(entry.value()).isEqualTo("Brno");
            assertThat(entry.updatedAt()).isBetween(before, Instant.now());
        });

        memory().set(MINE, "city", "Praha");
        assertThat(memory().get(MINE, "city")).map(Memory.Entry::value).contains("Praha");
        assertThat(memory().list(MINE, "")).hasSize(1);

        assertThat(memory().delete(MINE, "city")).isTrue();
        assertThat(memory().delete(MINE, "city")).isFalse();
        assertThat(memory().get(MINE, "city")).isEmpty();
    }

    @Test
    void listsByKeyAndPrefix() {
        for (String key : new String[] {"b", "a.2", "%", "a.1", "A", "a_1", "\uFFFD", "\uD83E\uDD84"}) {
            memory().set(MINE, key, "value of " + key);
        }

        assertThat(keys("")).containsExactly("%", "A", "a.1", "a.2", "a_1", "b", "\uFFFD", "\uD83E\uDD84");
        assertThat(keys("a")).containsExactly("a.1", "a.2", "a_1");
        assertThat(keys("a.")).containsExactly("a.1", "a.2");
        assertThat(keys("%")).containsExactly("%");
        assertThat(keys("_")).isEmpty();
        assertThat(keys("\uD83E\uDD84")).containsExactly("\uD83E\uDD84");
    }

    private List<String> keys(String prefix) {
        return memory().list(MINE, prefix).stream().map(Memory.Entry::key).toList();
    }

    @Test
    void keepsOwnersAndSessionsApart() {
        SessionId session = session();
        Scope inSession = new Scope(OWNER, session);
        memory().set(MINE, "key", "mine");
        memory().set(Scope.of(OTHER), "key", "theirs");
        memory().set(inSession, "key", "here");

        assertThat(memory().get(MINE, "key")).map(Memory.Entry::value).contains("mine");
        assertThat(memory().get(Scope.of(OTHER), "key"))
                .map(Memory.Entry::value)
                .contains("theirs");
        assertThat(memory().get(inSession, "key")).map(Memory.Entry::value).contains("here");
        assertThat(memory().list(inSession, "")).hasSize(1);
        assertThat(memory().delete(inSession, "key")).isTrue();
        assertThat(memory().get(MINE, "key")).isPresent();
    }

    @Test
    void remembersNothingForASessionOfSomebodyElse() {
        SessionId theirs = session(OTHER, NewSession.PLAIN);

        assertRefused(AgentError.NotFound.class, () -> memory().set(new Scope(OWNER, theirs), "key", "value"));
        assertRefused(
                AgentError.NotFound.class, () -> memory().set(new Scope(OWNER, SessionId.create()), "key", "value"));
        assertThat(memory().get(new Scope(OWNER, theirs), "key")).isEmpty();
        assertThat(memory().list(new Scope(OTHER, theirs), "")).isEmpty();
    }

    @Test
    void keepsTextOfAnyKind() {
        memory().set(MINE, "nul \0 key", "half \uD83E");

        assertThat(memory().list(MINE, "")).singleElement().satisfies(entry -> {
            assertThat(entry.key()).isEqualTo("nul \uFFFD key");
            assertThat(entry.value()).isEqualTo("half \uFFFD");
        });
        assertThat(memory().get(MINE, "nul \0 key")).isPresent();
        assertThat(memory().delete(MINE, "nul \0 key")).isTrue();
    }

    @Test
    void pinsUntilItIsToldOtherwise() {
        memory().set(MINE, "city", "Brno");
        assertThat(memory().get(MINE, "city").orElseThrow().pinned()).isFalse();
        memory().set(MINE, "city", "Praha", true);
        memory().set(MINE, "city", "Plzeň");
        assertThat(memory().get(MINE, "city")).hasValueSatisfying(entry -> {
            assertThat(entry.pinned()).isTrue();
            assertThat(entry.value()).isEqualTo("Plzeň");
            assertThat(entry.createdAt()).isBeforeOrEqualTo(entry.updatedAt());
        });
        assertThat(memory().pinned(MINE, 10)).isEqualTo(memory().list(MINE, ""));

        memory().set(MINE, "city", "Plzeň", false);
        assertThat(memory().pinned(MINE, 10)).isEmpty();
        memory().set(MINE, "city", "Plzeň", true);
        memory().delete(MINE, "city");
        memory().set(MINE, "city", "Plzeň");
        assertThat(memory().pinned(MINE, 10)).isEmpty();
    }

    @Test
    void showsWhatIsPinnedOfOneScopeNewestFirstAndNoMoreThanTheLimit() {
        SessionId session = session();
        for (int i = 0; i < 5; i++) {
            memory().set(MINE, "mine " + i, "value", i != 2);
            memory().set(new Scope(OWNER, session), "here " + i, "value", true);
            memory().set(Scope.of(OTHER), "theirs " + i, "value", true);
        }

        List<Memory.Entry> pinned = memory().pinned(MINE, 10);
        assertThat(pinned)
                .extracting(Memory.Entry::key)
                .containsExactlyInAnyOrder("mine 0", "mine 1", "mine 3", "mine 4");
        assertThat(pinned.stream().map(Memory.Entry::updatedAt)).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(memory().pinned(MINE, 2)).isEqualTo(pinned.subList(0, 2));
        assertThat(memory().pinned(new Scope(OWNER, session), 10))
                .hasSize(5)
                .allSatisfy(entry -> assertThat(entry.key()).startsWith("here"));
        assertThat(memory().pinned(new Scope(OTHER, session), 10)).isEmpty();
    }

    @Test
    void readsAPageAndSaysHowManyThereAre() {
        for (String key : new String[] {"b", "a.2", "a.3", "a.1"}) {
            memory().set(MINE, key, "value");
        }

        assertThat(memory().page(MINE, "a.", 2).entries())
                .extracting(Memory.Entry::key)
                .containsExactly("a.1", "a.2");
        assertThat(memory().page(MINE, "a.", 2).total()).isEqualTo(3);
        assertThat(memory().page(MINE, "a.", 3).total()).isEqualTo(3);
        assertThat(memory().page(MINE, "", 10).total()).isEqualTo(4);
    }

    @Test
    void findsWordsOfKeysAndValues() {
        memory().set(MINE, "favourite_colour", "blue");
        memory().set(MINE, "sky", "as blue as the sea");
        memory().set(MINE, "grass", "green");

        assertThat(found("blue")).containsExactly("favourite_colour", "sky");
        assertThat(found("colour BLUE")).containsExactly("favourite_colour");
        assertThat(found("favour blue")).isEmpty();
        assertThat(found("blue favour")).containsExactly("favourite_colour");
        assertThat(found("red")).isEmpty();
        assertThat(found("blue red")).isEmpty();
    }

    @Test
    void findsTheBestFirstAndNoMoreThanTheLimit() {
        memory().set(MINE, "often", "tea and tea and tea, and then a cake");
        memory().set(MINE, "tea", "green, at four, with a cake and a biscuit");
        memory().set(MINE, "once", "tea at four, with a cake and a biscuit");
        memory().set(MINE, "long", "coffee and water ".repeat(50) + "and tea");
        for (int i = 0; i < 10; i++) {
            memory().set(MINE, "other " + i, "coffee");
        }

        assertThat(found("tea")).containsExactly("tea", "often", "once", "long");
        assertThat(memory().search(OWNER, null, "tea", 2))
                .extracting(hit -> hit.entry().key())
                .containsExactly("tea", "often");
    }

    @Test
    void readsAccentsAndOtherScriptsAsSearchesOfSessionsDo() {
        memory().set(MINE, "kůň", "Žluťoučký");
        memory().set(MINE, "place", "Прекрасный день 東京 \uD83E\uDD84");

        assertThat(found("zlutoucky KUN")).containsExactly("kůň");
        assertThat(found("прекрасный")).containsExactly("place");
        assertThat(found("東京")).containsExactly("place");
        assertThat(found("東")).isEmpty();
    }

    @Test
    void takesSignsAndOperatorsForNothing() {
        memory().set(MINE, "animal", "zebra");

        for (String query :
                new String[] {"\"", "*", "zebra OR lion", "NOT zebra", "key:zebra", "owner : local", " ", ""}) {
            assertThat(found(query)).as(query).isEmpty();
        }
        assertThat(found("-zebra^ (")).containsExactly("animal");
    }

    @Test
    void marksTheWordsInASnippet() {
        memory().set(MINE, "plan", "x ".repeat(200) + "the\nZebra is here" + " y".repeat(200), true);
        memory().set(MINE, "zebra", "striped");

        assertThat(memory().search(OWNER, null, "zebra", 10))
                .extracting(Memory.Hit::snippet)
                .satisfiesExactly(
                        striped -> assertThat(striped).isEqualTo("striped"),
                        cut -> assertThat(cut)
                                .startsWith("…x")
                                .contains("the «Zebra» is here")
                                .endsWith(" y …"));
        assertThat(memory().search(OWNER, null, "plan", 10))
                .singleElement()
                .satisfies(hit -> assertThat(hit.entry())
                        .isEqualTo(memory().get(MINE, "plan").orElseThrow()));
    }

    @Test
    void looksThroughTheOwnersFactsAndThoseOfOneSession() {
        SessionId here = session();
        SessionId elsewhere = session();
        memory().set(MINE, "mine", "zebra");
        memory().set(new Scope(OWNER, here), "here", "zebra");
        memory().set(new Scope(OWNER, elsewhere), "elsewhere", "zebra");
        memory().set(Scope.of(OTHER), "theirs", "zebra");

        assertThat(found("zebra")).containsExactly("mine");
        assertThat(memory().search(OWNER, here, "zebra", 10))
                .extracting(Memory.Hit::scope, hit -> hit.entry().key())
                .containsExactlyInAnyOrder(tuple(MINE, "mine"), tuple(new Scope(OWNER, here), "here"));
        assertThat(memory().search(OTHER, here, "zebra", 10))
                .extracting(hit -> hit.entry().key())
                .containsExactly("theirs");
    }

    @Test
    void findsWhatIsThereNow() {
        SessionId purged = session();
        memory().set(MINE, "deleted", "zebra");
        memory().set(MINE, "changed", "lion");
        memory().set(new Scope(OWNER, purged), "purged", "zebra");
        memory().set(MINE, "changed", "zebra");
        memory().delete(MINE, "deleted");
        store.sessions().purge(OWNER, purged);

        assertThat(memory().search(OWNER, purged, "zebra", 10))
                .extracting(hit -> hit.entry().key())
                .containsExactly("changed");
        assertThat(found("lion")).isEmpty();
    }

    @Test
    void boundsKeysAndValues() {
        memory().set(MINE, "\uD83E\uDD84".repeat(Memory.LONGEST_KEY), "v".repeat(Memory.LARGEST_VALUE));

        assertRefused(AgentError.InvalidRequest.class, () -> memory().set(MINE, "k".repeat(201), "value"));
        assertRefused(AgentError.InvalidRequest.class, () -> memory().set(MINE, " ", "value"));
        assertRefused(AgentError.TooLarge.class, () -> memory().set(MINE, "key", "v".repeat(65_537)));
        assertRefused(AgentError.TooLarge.class, () -> memory().set(MINE, "key", "ž".repeat(32_769)));
        assertThat(memory().list(MINE, "")).hasSize(1);
    }

    @Test
    void takesNoMoreThanSoManyOfAnOwner() throws Exception {
        SessionId session = session();
        memory().set(new Scope(OWNER, session), "here", "value");
        fill(Memory.MOST_FACTS - 1);

        assertRefused(AgentError.Conflict.class, () -> memory().set(MINE, "one more", "value"));
        assertRefused(AgentError.Conflict.class, () -> memory().set(new Scope(OWNER, session), "more", "value"));
        memory().set(MINE, "fact 1", "changed");
        memory().set(Scope.of(OTHER), "one more", "value");
        memory().delete(MINE, "fact 1");
        memory().set(MINE, "one more", "value");
        assertThat(memory().page(MINE, "", 1).total()).isEqualTo(Memory.MOST_FACTS - 1);
    }

    /// Keeps so many facts of the owner.
    protected void fill(int facts) throws Exception {
        for (int i = 0; i < facts; i++) {
            memory().set(MINE, "fact " + i, "value");
        }
    }

    private List<String> found(String query) {
        return memory().search(OWNER, null, query, 10).stream()
                .map(hit -> hit.entry().key())
                .toList();
    }

    private Memory memory() {
        return store.memory();
    }
}
