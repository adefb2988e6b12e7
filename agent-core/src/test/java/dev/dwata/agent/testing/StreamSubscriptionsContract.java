package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Link;
import dev.dwata.agent.store.StreamSubscription.Wake;
import dev.dwata.agent.store.StreamSubscription.Wish;
import dev.dwata.agent.store.StreamSubscriptions.Changed;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every [StreamSubscriptions] does.
public abstract class StreamSubscriptionsContract extends StoreContract {
    private static StreamSubscription subscription(Principal owner, String id) {
        Wish wish = new Wish(null, "wakes", "jobs/*", List.of("b", "a", "b"), 30_000, "what it is for");
        return new StreamSubscription(
                owner,
                id,
                wish,
                "http://127.0.0.1:3336",
                1,
                Map.of("jobs/1", new Link(false, true, -1), "a", new Link(true, false, 7)),
                0,
                null,
                0,
                0);
    }

    private StreamSubscription keep(Principal owner, String id) {
        StreamSubscription made = subscription(owner, id);
        return store.streamSubscriptions().change(owner, id, found -> new Changed<>(made, made));
    }

    @Test
    void keepsThemAsTheyWereMade() {
        StreamSubscription made = keep(OWNER, "one");
        keep(OTHER, "theirs");

        assertThat(store.streamSubscriptions().find(OWNER, "one")).contains(made);
        assertThat(store.streamSubscriptions().find(OTHER, "one")).isEmpty();
        assertThat(store.streamSubscriptions().list(OWNER)).containsExactly(made);
        assertThat(store.streamSubscriptions().all(10)).hasSize(2).contains(made);
        assertThat(store.streamSubscriptions().underWay(10)).isEmpty();
    }

    @Test
    void knowsWhichAreUnderWay() {
        keep(OWNER, "one");
        StreamSubscription begun = store.streamSubscriptions().change(OWNER, "one", found -> {
            StreamSubscription now =
                    Objects.requireNonNull(found).begin(new Wake("w", "worker", 99, Map.of("jobs/1", 5L)));
            return new Changed<>(now, now);
        });

        assertThat(store.streamSubscriptions().underWay(10)).containsExactly(begun);
        store.streamSubscriptions().change(OWNER, "one", found -> new Changed<>(null, true));
        assertThat(store.streamSubscriptions().underWay(10)).isEmpty();
        assertThat(store.streamSubscriptions().find(OWNER, "one")).isEmpty();
    }

    @Test
    void changesOneAfterTheOther() throws Exception {
        keep(OWNER, "one");
        List<Callable<Long>> begins = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            begins.add(() -> store.streamSubscriptions().change(OWNER, "one", found -> {
                StreamSubscription now = Objects.requireNonNull(found).begin(new Wake("w", null, 0, Map.of()));
                return new Changed<>(now, now.generation());
            }));
        }
        List<Long> generations = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var generation : threads.invokeAll(begins)) {
                generations.add(generation.get());
            }
        }
        assertThat(generations).doesNotHaveDuplicates();
        assertThat(store.streamSubscriptions().find(OWNER, "one").orElseThrow().generation())
                .isEqualTo(50);
    }

    @Test
    void whatIsRefusedHasNotHappened() {
        StreamSubscription made = keep(OWNER, "one");

        assertThatThrownBy(() -> store.streamSubscriptions().change(OWNER, "one", found -> {
                    throw new AgentException(new AgentError.Forbidden("no"));
                }))
                .hasMessage("no");
        assertThat(store.streamSubscriptions().find(OWNER, "one")).contains(made);
    }

    @Test
    void hasOneKeyToSignWith() {
        String key = store.streamSubscriptions().signingKey(() -> "first");

        assertThat(key).isEqualTo("first");
        assertThat(store.streamSubscriptions().signingKey(() -> "second")).isEqualTo("first");
    }
}
