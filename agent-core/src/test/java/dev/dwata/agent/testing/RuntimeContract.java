package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.ErrorCode;
import dev.dwata.types.SessionInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/// What the suites of runtimes share: a runtime over a scripted model, and ways to look at what it does.
public abstract class RuntimeContract {
    protected final ScriptedModel model = new ScriptedModel();
    private AgentRuntime runtime;

    /// A runtime without sessions that asks `models` and offers `tools`, all of which may run.
    protected abstract AgentRuntime start(Models models, List<Tool> tools) throws Exception;

    protected record Text(String text) {}

    /// Says its text back, and fails for "fail".
    protected static final Tool ECHO = Tool.of(
            new ToolSpec.Head("test.echo", "Says a text back.", Effect.PURE, Approval.AUTO),
            Text.class,
            (arguments, context) -> arguments.text().equals("fail")
                    ? new ToolOutcome.Failure("it was told to")
                    : ToolOutcome.success(Map.of("said", arguments.text())));

    @AfterEach
    void everyRequestWasLegal_H1() {
        model.requests().forEach(request -> LegalHistory.check(request.messages()));
    }

    @AfterEach
    void close() {
        if (runtime != null) {
            runtime.close();
        }
    }

    final AgentRuntime runtime() throws Exception {
        if (runtime == null) {
            runtime = start(model.asModels(), List.of(ECHO));
        }
        return runtime;
    }

    static void awaitEntries(Session session, long seq) throws InterruptedException {
        try (EventStream events = session.events(0)) {
            Envelope next;
            do {
                next = events.next(Duration.ofSeconds(30));
                assertThat(next).as("entry %s within 30 s", seq).isNotNull();
            } while (next.seq() < seq);
        }
    }

    /// Times are kept to the millisecond: within one, no session is the later.
    static void awaitLaterThan(Instant time) {
        while (!Instant.now().truncatedTo(ChronoUnit.MILLIS).isAfter(time)) {
            Thread.onSpinWait();
        }
    }

    final List<String> titles() {
        return runtime.sessions(SessionQuery.latest(10)).sessions().stream()
                .map(SessionInfo::title)
                .toList();
    }

    static List<String> texts(MessagePage page) {
        return page.messages().stream().map(message -> message.message().text()).toList();
    }

    /// The events of a run that are in the log.
    protected static List<AgentEvent> stored(Run run) {
        List<AgentEvent> events = new ArrayList<>();
        for (AgentEvent event : run) {
            if (!(event instanceof AgentEvent.Live)) {
                events.add(event);
            }
        }
        return events;
    }

    /// The entries up to the next terminal event.
    protected static List<Envelope> untilTerminal(EventStream events) throws InterruptedException {
        List<Envelope> seen = new ArrayList<>();
        while (seen.isEmpty() || !(seen.getLast().event() instanceof AgentEvent.Terminal)) {
            Envelope next = events.next(Duration.ofSeconds(30));
            assertThat(next).as("an event within 30 s after %s", seen).isNotNull();
            if (next.seq() > 0) {
                seen.add(next);
            }
        }
        return seen;
    }

    protected static ErrorCode codeOf(ThrowingCallable call) {
        AgentException thrown = catchThrowableOfType(AgentException.class, call);
        assertThat(thrown).as("an AgentException").isNotNull();
        return thrown.error().code();
    }
}
