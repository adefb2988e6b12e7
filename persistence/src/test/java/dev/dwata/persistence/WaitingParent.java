package dev.dwata.persistence;

import dev.dwata.agent.store.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// A program that says it has started two others, and waits to be killed.
final class WaitingParent {
    static final Child BEGUN = new Child("a1", "git");
    static final Child STARTED = new Child("b2", "sleep").started(4_711, Instant.parse("2026-01-02T12:00:00.120Z"));

    private WaitingParent() {}

    public static void main(String[] arguments) throws IOException {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
        store.children().put(BEGUN);
        store.children().put(new Child("b2", "sleep"));
        store.children().put(STARTED);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // nobody has anything to say
        }
    }
}
