package dev.dwata.persistence;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.PrintStream;
import java.nio.file.Path;

/// A program that appends until it is killed. It prints a line for each entry it was promised: the session, and
/// how many tool calls of it are safe.
final class EndlessWriter {
    static final int WRITERS = 4;
    private static final int TOKENS = 7;

    private EndlessWriter() {}

    public static void main(String[] arguments) {
        @SuppressWarnings("resource") // it is killed
        Store store = SqliteStore.open(Path.of(arguments[0]));
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofPlatform().start(() -> write(store, System.out));
        }
    }

    private static void write(Store store, PrintStream out) {
        try {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            RunId run = store.log()
                    .admit(Fixtures.admission(session, "Work."))
                    .run()
                    .id();
            for (int call = 1; ; call++) {
                for (int i = 0; i < TOKENS; i++) {
                    store.log().append(session, run, Events.token("word "));
                }
                store.log().append(session, run, Events.called("call_" + call));
                store.log().append(session, run, Events.returned("call_" + call));
                out.println(session + " " + call);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this", e);
        }
    }
}
