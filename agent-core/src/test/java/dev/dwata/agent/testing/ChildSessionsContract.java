package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.types.AgentError;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store does with sessions that a run has made for a task of its own.
public abstract class ChildSessionsContract extends StoreContract {

    @Test
    void areReachedByIdAndInNoList() throws Exception {
        SessionId parent = session();
        RunId maker = admit(parent, "Ask the zebra.");
        SessionId child = session(OWNER, NewSession.titled("zebra").withParent(maker));
        exchange(child, "Where is the zebra?", "In the zoo.");

        assertThat(info(child).parentRunId()).isEqualTo(maker);
        assertThat(info(parent).parentRunId()).isNull();
        assertThat(listed(SessionQuery.latest(10))).containsExactly(parent);
        assertThat(listed(new SessionQuery(10, 0, "zebra", null))).containsExactly(parent);
        assertThat(found("zebra")).containsExactly(parent);
        assertThat(found("zoo")).isEmpty();
        assertThat(found(null)).containsExactly(parent);
    }

    @Test
    void theirRunsKnowWhomTheyWorkFor() throws Exception {
        RunId root = admit(session(), "one");
        RunId child = admit(session(OWNER, NewSession.PLAIN.withParent(root)), "two");
        RunId grandchild = admit(session(OWNER, NewSession.PLAIN.withParent(child)), "three");

        assertThat(kin(root)).containsExactly(null, root, 0);
        assertThat(kin(child)).containsExactly(root, root, 1);
        assertThat(kin(grandchild)).containsExactly(child, root, 2);
    }

    @Test
    void aRunStandsForItselfWhereTheOneThatMadeItsSessionIsOverOrUnknown() throws Exception {
        RunId over = admit(session(), "one");
        SessionId child = session(OWNER, NewSession.PLAIN.withParent(over));
        append(store.runs().find(over).orElseThrow().sessionId(), over, Events.completed("1"));
        RunId late = admit(child, "two");
        RunId orphan = admit(session(OWNER, NewSession.PLAIN.withParent(RunId.create())), "three");

        assertThat(kin(late)).containsExactly(null, late, 0);
        assertThat(kin(orphan)).containsExactly(null, orphan, 0);
    }

    @Test
    void goWithTheSessionThatTheyWereMadeFor() throws Exception {
        SessionId parent = session();
        RunId maker = admit(parent, "one");
        SessionId child = session(OWNER, NewSession.PLAIN.withParent(maker));
        RunId made = admit(child, "two");
        append(parent, maker, Events.completed("1"));

        assertRefused(AgentError.Conflict.class, () -> store.sessions().purge(OWNER, parent));
        append(child, made, Events.completed("2"));
        store.sessions().purge(OWNER, parent);

        assertThat(store.sessions().find(OWNER, child)).isEmpty();
        assertThat(log(child)).isEmpty();
    }

    private List<Object> kin(RunId id) {
        RunInfo run = store.runs().find(id).orElseThrow();
        return java.util.Arrays.asList(run.parentRunId(), run.rootRunId(), run.depth());
    }

    private List<SessionId> listed(SessionQuery query) {
        return store.sessions().list(OWNER, query).sessions().stream()
                .map(SessionInfo::id)
                .toList();
    }

    private List<SessionId> found(String words) {
        return store.sessions().search(OWNER, new SessionSearch(words, null, null, 10)).stream()
                .map(SessionHit::session)
                .map(SessionInfo::id)
                .toList();
    }
}
