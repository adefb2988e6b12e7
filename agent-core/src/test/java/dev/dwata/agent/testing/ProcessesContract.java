package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.InputDecision;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.Processes] does.
public abstract class ProcessesContract extends StoreContract {
    private SessionId session;
    private RunId run;

    @BeforeEach
    void beginARun() throws Exception {
        session = session();
        run = admit(session, "Read it");
    }

    @Test // S4-145, S4-146, S4-149
    void listsWhatIsUnderWay() throws Exception {
        append(session, run, Events.called("call_1"), Events.called("call_2"));

        ProcessInfo first = store.processes().list(OWNER, session).get(0);

        assertThat(first)
                .isEqualTo(new ProcessInfo(
                        first.id(),
                        session,
                        run,
                        "call_1",
                        "filesystem.read",
                        ToolCallStatus.EXECUTING,
                        log(session).get(1).time()));
        assertThat(store.processes().list(OWNER, null))
                .extracting(ProcessInfo::toolCallId)
                .containsExactly("call_1", "call_2");
        assertThat(store.processes().list(OWNER, null))
                .extracting(ProcessInfo::id)
                .doesNotHaveDuplicates();
        assertThat(store.processes().find(OWNER, first.id())).hasValue(first);
    }

    @Test // S4-148
    void forgetsWhatHasEnded() throws Exception {
        append(session, run, Events.called("call_1"), Events.called("call_2"), Events.called("call_3"));
        ProcessId ended = store.processes().list(OWNER, session).get(0).id();

        append(session, run, Events.returned("call_1"), Events.failed("call_2"));

        assertThat(store.processes().list(OWNER, session))
                .extracting(ProcessInfo::toolCallId)
                .containsExactly("call_3");
        assertThat(store.processes().find(OWNER, ended)).isEmpty();

        append(session, run, Events.cancelled());

        assertThat(store.processes().list(OWNER, null)).isEmpty();
    }

    @Test
    void showsWhichWaitForSomebody() throws Exception {
        InputRequested asked = Events.asks("call_1");
        append(session, run, Events.decided("call_1", Verdict.ASK), Events.called("call_2"), asked);
        assertThat(store.processes().list(OWNER, session))
                .extracting(ProcessInfo::status)
                .containsExactly(ToolCallStatus.AWAITING_APPROVAL, ToolCallStatus.EXECUTING);

        append(session, run, Events.resolved(asked.requestId(), InputDecision.APPROVE, "local/laptop"));

        assertThat(store.processes().list(OWNER, session))
                .extracting(ProcessInfo::status)
                .containsExactly(ToolCallStatus.EXECUTING, ToolCallStatus.EXECUTING);
    }

    @Test
    void showsEachOwnerWhatIsItsOwn() throws Exception {
        append(session, run, Events.called("call_1"));
        ProcessId mine = store.processes().list(OWNER, null).get(0).id();

        assertThat(store.processes().list(OTHER, null)).isEmpty();
        assertThat(store.processes().list(OTHER, session)).isEmpty();
        assertThat(store.processes().find(OTHER, mine)).isEmpty();
        assertThat(store.processes().list(OWNER, session())).isEmpty();
        assertThat(store.processes().find(OWNER, ProcessId.create())).isEmpty();
    }
}
