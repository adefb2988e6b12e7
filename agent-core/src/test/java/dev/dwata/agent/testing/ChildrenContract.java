package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.Store;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.Children] does; J2.
public abstract class ChildrenContract extends StoreContract {
    private static final Child STARTED =
            new Child("a1", "sleep").started(4_711, Instant.parse("2026-01-02T12:00:00.120Z"));
    private static final Child ABOUT_TO_START = new Child("b2", "git");

    /// What the next process finds, after the one of `store` has ended without a word.
    protected abstract Store nextProcess() throws Exception;

    @Test
    void nobodyTakesChildrenFromAProcessThatIsThere() {
        store.children().put(STARTED);

        assertThat(store.children().adopt()).isEmpty();
    }

    @Test
    void theNextProcessFindsChildrenAsTheyWereLastKnown() throws Exception {
        store.children().put(new Child("a1", "sleep"));
        store.children().put(STARTED);
        store.children().put(ABOUT_TO_START);

        try (Store next = nextProcess()) {
            assertThat(next.children().adopt()).containsExactlyInAnyOrder(STARTED, ABOUT_TO_START);
        }
    }

    @Test
    void theNextProcessDoesNotFindWhatWasForgotten() throws Exception {
        store.children().put(STARTED);
        store.children().put(ABOUT_TO_START);
        store.children().remove(STARTED.marker());
        store.children().remove("never known");

        try (Store next = nextProcess()) {
            assertThat(next.children().adopt()).containsExactly(ABOUT_TO_START);
        }
    }

    @Test
    void whatIsAdoptedBelongsToWhoAdoptedIt() throws Exception {
        store.children().put(STARTED);

        try (Store next = nextProcess()) {
            Child own = new Child("c3", "node");
            next.children().put(own);
            assertThat(next.children().adopt()).containsExactly(STARTED);
            assertThat(next.children().adopt()).isEmpty();

            next.children().remove(STARTED.marker());
            assertThat(next.children().adopt()).isEmpty();
        }
    }
}
