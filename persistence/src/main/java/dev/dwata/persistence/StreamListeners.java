package dev.dwata.persistence;

import dev.dwata.agent.store.Streams.Listener;
import dev.dwata.agent.store.Streams.Name;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who want to know of changed streams.
final class StreamListeners {
    private static final Logger LOG = LoggerFactory.getLogger(StreamListeners.class);

    private final List<Listener> all = new CopyOnWriteArrayList<>();

    /// @return whether it is the first
    synchronized boolean add(Listener listener) {
        all.add(listener);
        return all.size() == 1;
    }

    void changed(Name name) {
        tell(listener -> listener.changed(name));
    }

    void changedElsewhere() {
        tell(Listener::changedElsewhere);
    }

    private void tell(Consumer<Listener> what) {
        for (Listener listener : all) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) { // what was committed stays so
                LOG.error("a listener of streams failed", e);
            }
        }
    }
}
