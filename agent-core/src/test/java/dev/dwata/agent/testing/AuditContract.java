package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.AuditChain;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputKind;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.Audit] does. S4-136
public abstract class AuditContract extends StoreContract {
    private SessionId session;
    private RunId run;

    @BeforeEach
    void beginARun() throws Exception {
        session = session();
        run = admit(session, "Write it down");
    }

    private static ToolReturned written(String call) {
        return new ToolReturned(call, "filesystem.write", true, Json.MAPPER.readTree("{\"success\":true}"), null, 7);
    }

    private void approvedCall(String call) throws InterruptedException {
        InputRequested asked = Events.asks(call);
        append(session, run, Events.decided(call, Verdict.ASK), asked);
        append(
                session,
                run,
                new InputResolved(asked.requestId(), InputDecision.APPROVE, "ada/laptop", null, null, "go on", null));
        append(session, run, new ToolStarted(call, asked.arguments()), written(call));
    }

    @Test // P12: who allowed what, by which rule, bound to what, and what came of it
    void tellsOfACallFromTheDecisionToTheResult() throws Exception {
        approvedCall("call_1");

        String policy = "p".repeat(64);
        String digest = "d".repeat(64);
        List<Envelope> log = log(session);
        String tool = "filesystem.write";
        assertThat(store.audit().of(OWNER, "call_1").stream().map(AuditContract::withoutHash))
                .containsExactly(
                        new AuditEntry(
                                1,
                                log.get(1).time(),
                                session,
                                run,
                                "call_1",
                                tool,
                                "ask",
                                "default",
                                policy,
                                digest,
                                "local",
                                null,
                                null,
                                null),
                        new AuditEntry(
                                2,
                                log.get(3).time(),
                                session,
                                run,
                                "call_1",
                                tool,
                                "approve",
                                null,
                                null,
                                digest,
                                "ada/laptop",
                                "go on",
                                null,
                                null),
                        new AuditEntry(
                                3,
                                log.get(4).time(),
                                session,
                                run,
                                "call_1",
                                tool,
                                "started",
                                null,
                                null,
                                null,
                                "local",
                                null,
                                null,
                                null),
                        new AuditEntry(
                                4,
                                log.get(5).time(),
                                session,
                                run,
                                "call_1",
                                tool,
                                "completed",
                                null,
                                null,
                                null,
                                "local",
                                null,
                                7L,
                                null));
    }

    private static AuditEntry withoutHash(AuditEntry e) {
        assertThat(e.hash()).hasSize(64);
        return e.withHash(null);
    }

    @Test
    void isOneChainOverAllSessions() throws Exception {
        approvedCall("call_1");
        SessionId second = session();
        RunId other = admit(second, "Read it");
        append(second, other, Events.called("call_1"), Events.failed("call_1"));
        append(session, run, Events.decided("call_2", Verdict.DENY), written("call_2"));

        List<AuditEntry> all = store.audit().latest(OWNER, 100).reversed();
        String before = null;
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).number()).isEqualTo(i + 1);
            assertThat(AuditChain.isIntact(before, all.get(i))).isTrue();
            before = all.get(i).hash();
        }
        assertThat(all)
                .extracting(AuditEntry::what)
                .containsExactly("ask", "approve", "started", "completed", "failed", "deny", "completed");
        assertThat(store.audit().latest(OWNER, 2)).containsExactly(all.get(6), all.get(5));
        assertThat(store.audit().of(OWNER, "call_1")).containsExactlyElementsOf(all.subList(0, 5));
    }

    @Test
    void saysNothingOfWhatWasRefusedOrIsNoDecision() throws Exception {
        InputRequested question = Events.asks("call_1", InputKind.QUESTION);
        append(session, run, Events.called("call_1"), question);
        append(session, run, Events.resolved(question.requestId(), InputDecision.ANSWERED, "ada/laptop"));

        assertThat(store.audit().latest(OWNER, 10)).isEmpty();
    }

    @Test
    void isShownToItsOwnerAndOutlivesTheSession() throws Exception {
        approvedCall("call_1");
        append(session, run, Events.completed("done"));

        store.sessions().purge(OWNER, session);

        assertThat(store.audit().of(OWNER, "call_1")).hasSize(4);
        assertThat(store.audit().of(OTHER, "call_1")).isEmpty();
        assertThat(store.audit().latest(OTHER, 10)).isEmpty();
    }
}
