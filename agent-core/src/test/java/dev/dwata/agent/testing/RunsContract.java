package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.ClaimLostException;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What every [dev.dwata.agent.store.Runs] does; S4-127, S4-128, C-15.
public abstract class RunsContract extends StoreContract {

    @Test
    void keepsTheSchemaThatTheAnswerIsToFollow() throws Exception {
        SessionId session = session();
        JsonNode schema = Json.MAPPER.readTree("{\"type\":\"object\",\"description\":\"grün\"}");
        RunId bound = store.log()
                .admit(admission(OWNER, session, Events.message("Hi")).withOutputSchema(schema))
                .run()
                .id();
        RunId free = admit(session, "Hi");

        assertThat(store.runs().outputSchema(bound)).contains(schema);
        assertThat(store.runs().outputSchema(free)).isEmpty();
        assertThat(store.runs().outputSchema(RunId.create())).isEmpty();
    }

    @Test
    void aRunIsQueuedThenRunningThenCompleted() throws Exception {
        SessionId session = session();
        RunId id = RunId.create();
        Admission admission =
                new Admission(OWNER, session, null, id, Events.message("Hi \0"), "planner", "offline/offline", null);

        RunInfo queued = store.log().admit(admission).run();
        assertThat(queued)
                .isEqualTo(new RunInfo(
                        id,
                        session,
                        OWNER,
                        RunStatus.QUEUED,
                        1,
                        "Hi \uFFFD",
                        "planner",
                        "offline/offline",
                        log(session).get(0).time(),
                        null,
                        null,
                        null,
                        TokenUsage.ZERO,
                        0));
        assertThat(store.runs().find(id)).contains(queued);

        store.runs().start(id);
        RunInfo running = store.runs().find(id).orElseThrow();
        assertThat(running.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(running.startedAt()).isAfterOrEqualTo(queued.createdAt());
        assertThat(store.runs().start(id)).as("claimed again").isPresent();
        assertThat(store.runs().find(id)).contains(running);

        append(session, id, Events.answer(1, "One"), Events.answer(2, "Two"), Events.completed("Two"));
        assertThat(store.runs().find(id))
                .contains(new RunInfo(
                        id,
                        session,
                        OWNER,
                        RunStatus.COMPLETED,
                        1,
                        "Hi \uFFFD",
                        "planner",
                        "offline/offline",
                        queued.createdAt(),
                        running.startedAt(),
                        log(session).get(3).time(),
                        null,
                        new TokenUsage(200, 40, 120, 0.5),
                        2));
    }

    @Test
    void aRunKnowsHowItEnded() throws Exception {
        SessionId session = session();
        RunId cancelled = admit(session, "one");
        RunId failed = admit(session, "two");
        append(session, cancelled, Events.cancelled());
        append(session, failed, Events.failed());

        assertThat(store.runs().find(cancelled)).hasValueSatisfying(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(run.startedAt()).isNull();
            assertThat(run.error()).isNull();
        });
        assertThat(store.runs().find(failed)).hasValueSatisfying(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(run.error()).isNotNull().satisfies(error -> {
                assertThat(error.fatal()).isTrue();
                assertThat(error.toError()).isEqualTo(new AgentError.LimitReached("30 turns are over", "maxTurns", 30));
            });
            assertThat(run.usage()).isEqualTo(TokenUsage.ZERO);
        });
    }

    @Test
    void listsTheNewestRunsFirst() throws Exception {
        SessionId session = session();
        RunId first = exchange(session, "a", "b");
        RunId second = exchange(session, "c", "d");
        RunId third = admit(session, "e");
        admit(session(), "elsewhere");

        assertThat(ids(store.runs().list(session, 10))).containsExactly(third, second, first);
        assertThat(ids(store.runs().list(session, 2))).containsExactly(third, second);
        assertThat(store.runs().list(SessionId.create(), 2)).isEmpty();
    }

    @Test
    void doesNotStartWhatIsOverOrUnknown() throws Exception {
        RunId over = exchange(session(), "a", "b");

        assertRefused(AgentError.Conflict.class, () -> store.runs().start(over));
        assertRefused(AgentError.NotFound.class, () -> store.runs().start(RunId.create()));
        assertThat(store.runs().find(RunId.create())).isEmpty();
    }

    @Test // P1: a run's turn is kept by the store, for all processes alike
    void givesARunItsTurnWhenThoseBeforeItAreOver() throws Exception {
        SessionId session = session();
        RunId first = admit(session, "one");
        RunId second = admit(session, "two");
        RunId elsewhere = admit(session(), "three");

        assertThat(store.runs().start(second)).isEmpty();
        assertThat(store.runs().start(elsewhere)).isPresent();
        Claim claim = store.runs().start(first).orElseThrow();
        assertThat(claim.run()).isEqualTo(first);
        assertThat(store.runs().start(second)).isEmpty();
        assertThat(store.runs().find(second).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);

        store.log().append(claim, Events.completed("1"));
        assertThat(store.runs().start(second)).isPresent();
    }

    @Test
    void refusesWhatIsAppendedUnderAClaimThatHasEnded() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "one");
        Claim first = store.runs().start(run).orElseThrow();
        store.log().append(first, Events.answer(1, "One"));
        Claim second = store.runs().start(run).orElseThrow();

        assertThatExceptionOfType(ClaimLostException.class)
                .isThrownBy(() -> store.log().append(first, Events.completed("stale")))
                .withMessageContaining(run.value());
        store.log().append(second, Events.completed("fresh"));
        assertThatExceptionOfType(ClaimLostException.class)
                .isThrownBy(() -> store.log().append(second, Events.cancelled()));

        assertThat(log(session))
                .hasSize(3)
                .last()
                .satisfies(entry -> assertThat(((AgentEvent.RunCompleted) entry.event()).content())
                        .isEqualTo("fresh"));
    }

    @Test
    void doesNotWaitForAParkedRun() throws Exception {
        SessionId session = session();
        RunId parked = admit(session, "one");
        Claim before = store.runs().start(parked).orElseThrow();
        store.log().append(session, parked, new AgentEvent.RunInterrupted("the process ended"));
        store.runs().park(parked);
        Admitted second = admit(session, Events.message("two"));

        assertThat(second.ahead()).isZero();
        Claim claim = store.runs().start(second.run().id()).orElseThrow();
        RunInfo back = store.runs().unpark(parked).orElseThrow();
        assertThat(back.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(store.runs().unpark(parked)).isEmpty();
        assertThat(store.runs().start(parked))
                .as("while another is carried out")
                .isEmpty();
        store.log().append(claim, Events.completed("2"));

        assertThat(store.runs().start(parked))
                .hasValueSatisfying(again -> assertThat(again).isNotEqualTo(before));
    }

    @Test
    void saysHowManyRunsAreAhead() throws Exception {
        SessionId session = session();

        assertThat(admit(session, Events.message("one")).ahead()).isZero();
        assertThat(admit(session, Events.message("two")).ahead()).isEqualTo(1);
        assertThat(admit(session, Events.message("three")).ahead()).isEqualTo(2);
    }

    @Test
    void leavesTheRunsOfALivingProcessAlone() throws Exception {
        admit(session(), "a");

        assertThat(store.runs().adopt(null)).isEmpty();
    }

    private static List<RunId> ids(List<RunInfo> runs) {
        return runs.stream().map(RunInfo::id).toList();
    }
}
