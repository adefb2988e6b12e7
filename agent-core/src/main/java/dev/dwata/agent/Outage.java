package dev.dwata.agent;

import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.util.function.Consumer;

/// Times in which the storage takes nothing, and which pass: a full disk, a lock held for long, a file that was
/// moved away.
final class Outage {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 2_000;

    private final Store store;
    private final Duration patience;
    private final Consumer<AgentError> givenUp;

    /// @param patience how long it is waited for its end at most
    /// @param givenUp  is told when that is over
    Outage(Store store, Duration patience, Consumer<AgentError> givenUp) {
        this.store = store;
        this.patience = patience;
        this.givenUp = givenUp;
    }

    /// The storage has taken nothing for too long.
    static final class TooLong extends RuntimeException {
        TooLong(AgentException last) {
            super(last.getMessage(), last);
        }
    }

    /// Whether trying again later makes sense.
    boolean isBehind(AgentException failure) {
        return isBehind(failure, store);
    }

    static boolean isBehind(AgentException failure, Store store) {
        return failure.error() instanceof AgentError.StorageFull
                || failure.error() instanceof AgentError.StorageBusy
                || (failure.error() instanceof AgentError.Internal && !answers(store));
    }

    private static boolean answers(Store store) {
        try {
            store.check();
            return true;
        } catch (AgentException e) {
            return false;
        }
    }

    /// What is said of a run that an outage has cut off.
    static String reason(AgentException failure) {
        return "the storage did not take what happened: " + failure.error().message();
    }

    /// Something that the storage is to take.
    @FunctionalInterface
    interface Deed {
        void run() throws InterruptedException;
    }

    /// Tries until the storage takes it.
    ///
    /// @param check run before each try but the first; may throw to give up
    /// @throws AgentException for anything but an outage
    /// @throws TooLong        if it lasts
    void outlast(Deed deed, Deed check) throws InterruptedException {
        long begun = System.nanoTime();
        long wait = FIRST_MILLIS;
        while (true) {
            try {
                deed.run();
                return;
            } catch (AgentException e) {
                if (!isBehind(e)) {
                    throw e;
                }
                if (Duration.ofNanos(System.nanoTime() - begun).compareTo(patience) >= 0) {
                    givenUp.accept(e.error());
                    throw new TooLong(e);
                }
            }
            Thread.sleep(wait);
            wait = Math.min(LONGEST_MILLIS, wait * 2);
            check.run();
        }
    }
}
