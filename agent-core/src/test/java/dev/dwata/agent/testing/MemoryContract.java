package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Memory.Scope;
import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    private java.util.List<String> keys(String prefix) {
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

    private Memory memory() {
        return store.memory();
    }
}
