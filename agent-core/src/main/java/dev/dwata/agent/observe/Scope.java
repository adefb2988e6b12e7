package dev.dwata.agent.observe;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Something that is under way, as observers see it; what is part of it begins here. Passed down as a
/// parameter, so that what belongs together stays together on whatever thread it happens.
public final class Scope implements AutoCloseable {
    /// Nobody watches.
    public static final Scope NONE = new Scope(List.of(), new @Nullable Observation[0], null);

    private final List<Watcher> watchers;
    private final @Nullable Observation[] observations;
    private final Observed.@Nullable Place place;
    private final AtomicBoolean over = new AtomicBoolean();

    private Scope(List<Watcher> watchers, @Nullable Observation[] observations, Observed.@Nullable Place place) {
        this.place = place;
        this.watchers = watchers;
        this.observations = observations;
    }

    /// That of everything that is part of nothing.
    public static Scope of(List<Observer> observers) {
        return observers.isEmpty()
                ? NONE
                : new Scope(
                        observers.stream().map(Watcher::new).toList(),
                        new @Nullable Observation[observers.size()],
                        null);
    }

    /// Begins something that is part of this.
    ///
    /// @return to be ended
    public Scope begin(Observed what) {
        if (watchers.isEmpty()) {
            return this;
        }
        @Nullable Observation[] begun = new Observation[observations.length];
        for (int i = 0; i < begun.length; i++) {
            begun[i] = watchers.get(i).begin(what, observations[i]);
        }
        return new Scope(watchers, begun, what.place());
    }

    /// Begins a request to a provider, which is part of the model call that this is.
    public Scope attempt(String model, int number) {
        return place == null ? NONE : begin(new Observed.Attempt(place, model, number));
    }

    /// Begins to wait for a person or a client.
    ///
    /// @param kind `approval`, `question`, `client_tool`
    public Scope awaitInput(String kind) {
        return place == null ? NONE : begin(new Observed.InputWait(place, kind));
    }

    /// It is over. Only the first call counts.
    public void end(Outcome outcome) {
        if (watchers.isEmpty() || !over.compareAndSet(false, true)) {
            return;
        }
        for (int i = 0; i < observations.length; i++) {
            Observation observation = observations[i];
            if (observation != null) {
                watchers.get(i).end(observation, outcome);
            }
        }
    }

    /// Ends it as stopped, unless it has ended.
    @Override
    public void close() {
        end(new Outcome.Stopped());
    }

    /// What the observer that makes observations of this type has of it; absent where there is none.
    public <T extends Observation> @Nullable T find(Class<T> type) {
        for (Observation observation : observations) {
            if (type.isInstance(observation)) {
                return type.cast(Objects.requireNonNull(observation));
            }
        }
        return null;
    }
}
