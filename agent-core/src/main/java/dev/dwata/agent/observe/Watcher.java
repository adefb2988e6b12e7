package dev.dwata.agent.observe;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what an observer throws from those it observes.
final class Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final Observer observer;
    private final AtomicBoolean told = new AtomicBoolean();

    Watcher(Observer observer) {
        this.observer = observer;
    }

    @Nullable
    Observation begin(Observed what, @Nullable Observation parent) {
        try {
            return observer.begin(what, parent);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            tell(e);
            return null;
        }
    }

    void end(Observation observation, Outcome outcome) {
        try {
            observation.end(outcome);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        if (!told.getAndSet(true)) {
            LOG.error("an observer failed, of which no more is said: {}", observer.getClass(), failure);
        }
    }
}
