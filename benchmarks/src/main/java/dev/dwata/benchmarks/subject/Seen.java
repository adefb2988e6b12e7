package dev.dwata.benchmarks.subject;

/// What was seen of one run.
final class Seen {
    private final long start = System.nanoTime();
    private volatile long firstToken;
    private volatile int tokens;
    private volatile int calls;

    /// A piece of the text came. Called by one thread at a time.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void token() {
        if (tokens == 0) {
            firstToken = System.nanoTime();
        }
        tokens++;
    }

    /// The tool was called. Called by one thread at a time.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void call() {
        calls++;
    }

    int tokens() {
        return tokens;
    }

    int calls() {
        return calls;
    }

    long nanosToFirstToken() {
        return firstToken - start;
    }

    long nanosSince() {
        return System.nanoTime() - start;
    }
}
