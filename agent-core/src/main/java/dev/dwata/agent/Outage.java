package dev.dwata.agent;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;

/// A time in which the storage takes nothing, and which passes: a full disk, a lock held for long.
final class Outage {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 2_000;

    private Outage() {}

    /// Whether trying again later makes sense.
    static boolean isOne(AgentException failure) {
        return failure.error() instanceof AgentError.StorageFull || failure.error() instanceof AgentError.StorageBusy;
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
    static void outlast(Deed deed, Deed check) throws InterruptedException {
        long wait = FIRST_MILLIS;
        while (true) {
            try {
                deed.run();
                return;
            } catch (AgentException e) {
                if (!isOne(e)) {
                    throw e;
                }
            }
            Thread.sleep(wait);
            wait = Math.min(LONGEST_MILLIS, wait * 2);
            check.run();
        }
    }
}
