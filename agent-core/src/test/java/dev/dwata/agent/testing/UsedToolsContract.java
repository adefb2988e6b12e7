package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whether every [dev.dwata.agent.store.Sessions] knows which tools have told a session something. L5
public abstract class UsedToolsContract extends StoreContract {
    private static final List<String> READERS = List.of("web.fetch", "filesystem.read");

    @Test
    void knowsWhatHasReturnedSuccessfully() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Read it");
        append(session, run, Events.called("call_1"));
        assertThat(store.sessions().hasUsed(session, READERS)).isFalse();
        append(session, run, Events.failed("call_1"), Events.called("call_2"), Events.denied("call_2"));
        assertThat(store.sessions().hasUsed(session, READERS)).isFalse();

        append(session, run, Events.called("call_1"), Events.returned("call_1"), Events.completed("read"));
        admit(session, "Another");

        assertThat(store.sessions().hasUsed(session, READERS)).isTrue();
        assertThat(store.sessions().hasUsed(session, List.of("web.fetch"))).isFalse();
        assertThat(store.sessions().hasUsed(session, List.of())).isFalse();
        assertThat(store.sessions().hasUsed(session(), READERS)).isFalse();
        assertThat(store.sessions().hasUsed(SessionId.create(), READERS)).isFalse();
    }

    @Test
    void knowsWhatWasReadInTheSameTreeOfRuns() throws Exception {
        SessionId top = session();
        RunId root = admit(top, "Have it read");
        SessionId reader = session(OWNER, NewSession.PLAIN.withParent(root));
        RunId child = admit(reader, "Read it");
        SessionId deeper = session(OWNER, NewSession.PLAIN.withParent(child));
        RunId grandchild = admit(deeper, "Read it closely");
        SessionId sibling = session(OWNER, NewSession.PLAIN.withParent(root));
        admit(sibling, "Write it");
        SessionId stranger = session();
        admit(stranger, "Something else");

        append(deeper, grandchild, Events.called("call_1"), Events.returned("call_1"));

        for (SessionId tainted : List.of(top, reader, deeper, sibling)) {
            assertThat(store.sessions().hasUsed(tainted, READERS)).isTrue();
        }
        assertThat(store.sessions().hasUsed(stranger, READERS)).isFalse();
    }

    @Test // what a session has read before it gave a task away may be in the task
    void knowsWhatTheOneWhoGaveTheTaskHadReadBefore() throws Exception {
        SessionId top = session();
        RunId before = admit(top, "Read it");
        append(top, before, Events.called("call_1"), Events.returned("call_1"), Events.completed("read"));
        RunId root = admit(top, "Have it written");
        SessionId writer = session(OWNER, NewSession.PLAIN.withParent(root));
        admit(writer, "Write it");

        assertThat(store.sessions().hasUsed(writer, READERS)).isTrue();
    }
}
