package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the contracts of a store's parts have in common.
public abstract class StoreContract {
    protected static final Principal OWNER = Principal.LOCAL;
    protected static final Principal OTHER = new Principal("somebody@else");

    protected Store store;

    /// A store with nothing in it; closed after each test.
    protected abstract Store emptyStore() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = emptyStore();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    protected final SessionId session() {
        return session(OWNER, NewSession.PLAIN);
    }

    protected final SessionId session(Principal owner, NewSession wanted) {
        return store.sessions().create(owner, wanted).id();
    }

    protected final SessionInfo info(SessionId session) {
        return store.sessions().find(OWNER, session).orElseThrow();
    }

    protected final RunId admit(SessionId session, String message) throws InterruptedException {
        return admit(session, Events.message(message)).run().id();
    }

    protected final Admitted admit(SessionId session, MessageReceived message) throws InterruptedException {
        return store.log().admit(admission(OWNER, session, message));
    }

    protected static Admission admission(Principal owner, SessionId session, MessageReceived message) {
        return new Admission(owner, session, null, RunId.create(), message, NewSession.DEFAULT_AGENT, null, null);
    }

    /// Asks and answers.
    protected final RunId exchange(SessionId session, String question, String answer) throws InterruptedException {
        RunId run = admit(session, question);
        append(session, run, Events.answer(1, answer), Events.completed(answer));
        return run;
    }

    protected final void append(SessionId session, @Nullable RunId run, AgentEvent... events)
            throws InterruptedException {
        for (AgentEvent event : events) {
            store.log().append(session, run, event);
        }
    }

    /// The whole log, read in pages.
    protected final List<Envelope> log(SessionId session) {
        return store.log().read(session, 0, 100_000);
    }

    protected final List<AgentEvent> events(SessionId session) {
        return log(session).stream().map(Envelope::event).toList();
    }

    protected static void assertRefused(Class<? extends AgentError> why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.error()).isInstanceOf(why));
    }
}
