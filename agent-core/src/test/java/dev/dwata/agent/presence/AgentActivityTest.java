package dev.dwata.agent.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentState;
import dev.dwata.types.AgentStatus;
import dev.dwata.types.Approval;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.RunProgress;
import dev.dwata.types.SessionId;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AgentActivityTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final JsonNode NOTHING = Json.MAPPER.createObjectNode();

    private final SessionId session = SessionId.create();
    private final RunId run = RunId.create();

    private Envelope of(RunId of, AgentEvent event) {
        return new Envelope(session, 0, NOW, of, event);
    }

    private List<AgentState> states(AgentEvent... events) {
        AgentActivity activity = AgentActivity.NONE;
        List<AgentState> states = new ArrayList<>();
        for (AgentEvent event : events) {
            activity = activity.after(of(run, event));
            states.add(activity.state());
        }
        return states;
    }

    private static AgentEvent message() {
        return new AgentEvent.MessageReceived(MessageId.create(), Role.USER, "Hi", NOW, ClientType.WEB, null, null);
    }

    private static AgentEvent called(String id, String tool) {
        return new AgentEvent.ToolCalled(id, tool, NOTHING, Approval.AUTO);
    }

    private static AgentEvent returned(String id, String tool) {
        return new AgentEvent.ToolReturned(id, tool, true, NOTHING, null, 1);
    }

    private static AgentEvent completed() {
        return new AgentEvent.RunCompleted(
                MessageId.create(), "Hi", 2, new TokenUsage(1, 1, 0, null), StopReason.END_TURN, 1);
    }

    @Test
    void isBusyFromTheMessageToTheAnswer_S3_103() {
        assertThat(states(
                        message(),
                        new AgentEvent.StatusChanged(RunProgress.THINKING),
                        new AgentEvent.Token("Hi", 1),
                        completed()))
                .containsExactly(
                        AgentState.busy("Thinking"),
                        AgentState.busy("Thinking"),
                        AgentState.busy("Answering"),
                        AgentState.READY);
    }

    @Test
    void isBusyWithItsToolAndShowsHowFarThatIs_S3_73_S3_105() {
        assertThat(states(
                        message(),
                        called("a", "web.fetch"),
                        new AgentEvent.ToolProgressed("a", 0.256, "a quarter"),
                        called("b", "shell.run"),
                        returned("b", "shell.run"),
                        returned("a", "web.fetch")))
                .containsExactly(
                        AgentState.busy("Thinking"),
                        AgentState.busy("web.fetch"),
                        new AgentState(AgentStatus.BUSY, "web.fetch", 26, null),
                        AgentState.busy("shell.run"),
                        AgentState.busy("web.fetch"),
                        AgentState.busy("Thinking"));
    }

    @Test
    void saysWhatItWaitsFor() {
        InputId id = InputId.create();
        AgentEvent asked = new AgentEvent.InputRequested(
                id, InputKind.APPROVAL, "a", "shell.run", NOTHING, null, "d", null, null, null, null, 1, NOW, null);

        assertThat(states(
                        called("a", "shell.run"),
                        asked,
                        AgentEvent.InputResolved.unanswered(id, InputDecision.EXPIRED, "nobody was there")))
                .containsExactly(
                        AgentState.busy("shell.run"),
                        AgentState.busy("Waiting for approval of shell.run"),
                        AgentState.busy("shell.run"));
    }

    @Test
    void showsAnErrorUntilTheNextMessage_S3_115() {
        assertThat(states(
                        message(),
                        new AgentEvent.ErrorReported(new AgentError.ToolFailed("it broke")),
                        new AgentEvent.RunFailed(new AgentError.ModelRejected("no", 400)),
                        message()))
                .containsExactly(
                        AgentState.busy("Thinking"),
                        AgentState.busy("Thinking"),
                        new AgentState(AgentStatus.ERROR, null, null, "no"),
                        AgentState.busy("Thinking"));
    }

    @Test
    void startsAgainWithTheToolThatARestartCutOff() {
        assertThat(states(
                        called("a", "shell.run"),
                        new AgentEvent.RunInterrupted("the process has ended"),
                        new AgentEvent.RunResumed(2, 1)))
                .containsExactly(
                        AgentState.busy("shell.run"),
                        new AgentState(AgentStatus.INITIALIZING, "Waiting to go on", null, null),
                        AgentState.busy("shell.run"));
    }

    @Test
    void isNotDisturbedByRunsThatWait() {
        RunId waiting = RunId.create();
        AgentActivity busy = AgentActivity.NONE.after(of(run, called("a", "shell.run")));

        AgentActivity after = busy.after(of(waiting, message()))
                .after(of(waiting, new AgentEvent.RunCancelled("The run was cancelled.", "no")));

        assertThat(after.state()).isEqualTo(AgentState.busy("shell.run"));
    }

    @Test
    void comesToTheSameWhenEventsAreSeenTwice() {
        List<AgentEvent> events = List.of(called("a", "x"), returned("a", "x"), completed());
        AgentActivity activity = AgentActivity.NONE;
        for (int time = 0; time < 2; time++) {
            for (AgentEvent event : events) {
                activity = activity.after(of(run, event));
            }
        }
        assertThat(activity.state()).isEqualTo(AgentState.READY);
    }
}
