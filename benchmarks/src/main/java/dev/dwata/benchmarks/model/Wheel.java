package dev.dwata.benchmarks.model;

import java.util.ArrayList;
import java.util.List;

/// What is due when, to the millisecond and less than a second ahead. For one thread.
final class Wheel {
    private static final int SLOTS = 1_024;

    private final List<List<Runnable>> slots = new ArrayList<>();
    private final long origin = System.nanoTime();
    private long turnedTo;
    private int waiting;

    Wheel() {
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /// Milliseconds of the wheel.
    long now() {
        return (System.nanoTime() - origin) / 1_000_000;
    }

    /// @param due what is past is done with the next turn
    void at(long due, Runnable what) {
        if (waiting == 0) {
            turnedTo = Math.max(turnedTo, now() - 1); // nobody turned it while it was empty
        }
        long slot = Math.min(Math.max(due, turnedTo + 1), turnedTo + SLOTS - 1);
        slots.get((int) (slot % SLOTS)).add(what);
        waiting++;
    }

    /// How long to wait for something else; 0 for ever.
    long millisToNext() {
        return waiting == 0 ? 0 : 1;
    }

    /// Does what is due.
    void turn() {
        for (long now = now(); turnedTo < now; ) {
            turnedTo++;
            List<Runnable> due = slots.get((int) (turnedTo % SLOTS));
            if (!due.isEmpty()) {
                slots.set((int) (turnedTo % SLOTS), new ArrayList<>());
                waiting -= due.size();
                due.forEach(Runnable::run);
            }
        }
    }
}
