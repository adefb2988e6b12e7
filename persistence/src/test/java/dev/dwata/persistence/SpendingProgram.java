package dev.dwata.persistence;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.List;

/// A program that sets something aside for a model call and for a tool call, and falls dead before or after the
/// model's turn is stored.
final class SpendingProgram {
    static final int HALTED = 9;

    private SpendingProgram() {}

    /// @param arguments the database, and `before` or `after`
    public static void main(String[] arguments) throws InterruptedException {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
        SessionId session =
                store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
        RunId run =
                store.log().admit(Fixtures.admission(session, "Spend.")).run().id();
        store.runs().start(run);
        store.budgets().reserve(run, "", new Amount(5_000, 700, 0, 0), List.of());
        if (arguments[1].equals("after")) {
            store.log().append(session, run, Events.answer(1, "a"));
        }
        store.budgets().reserve(run, "call_1", Amount.TOOL_CALL, List.of());
        Runtime.getRuntime().halt(HALTED);
    }
}
