package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What becomes of runs when processes end, are told to end, or share a data folder.
@Timeout(180)
class ResumeProcessTest {
    @TempDir
    Path folder;

    private SlowModel model;
    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        model = new SlowModel();
        dwata = new Dwata(folder).with("OPENAI_BASE_URL", model.url());
    }

    @AfterEach
    void stop() {
        model.close();
    }

    /// Begins a run and waits for its first word.
    private SessionId begin(RemoteRuntime client) throws Exception {
        Session session = client.createSession();
        try (EventStream events = session.events(0);
                Run run = session.prompt(Prompt.of("Count"))) {
            assertThat(run.position()).isZero();
            model.say("1 ");
            Envelope next;
            do {
                next = events.next(Duration.ofSeconds(60));
                assertThat(next).as("a word in time").isNotNull();
            } while (!(next.event() instanceof AgentEvent.Token));
        }
        return session.id();
    }

    @Test // P16: --resume manual
    void leavesARunToBeResumedByHandWhereThatIsWanted() throws Exception {
        SessionId session;
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json", "--resume", "manual");
                RemoteRuntime client = connect(gateway)) {
            session = begin(client);
            gateway.signal("KILL");
            gateway.end();
        }
        model.finish();
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json", "--resume", "manual");
                RemoteRuntime client = connect(gateway)) {
            model.say("Hello.");
            model.finish();
            assertThat(((RunCompleted) client.session(session).prompt("Hi").await()).content())
                    .isEqualTo("Hello.");

            model.say("1 2 3");
            model.finish();
            Ran resumed = dwata.call("resume", "--session", session.value());

            assertThat(resumed.out()).isEqualTo("1 2 3\n");
            assertThat(resumed.code()).as(resumed.err()).isZero();
            Ran again = dwata.call("resume", "--session", session.value());
            assertThat(again.code()).isEqualTo(1);
            assertThat(again.err()).contains("waits to be resumed");
            gateway.signal("TERM");
            assertThat(gateway.end().code()).isZero();
        }
    }

    @Test // P19, N1: the model call that is under way is finished
    void finishesWhatIsUnderWayWhenItIsToldToStop() throws Exception {
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json");
                RemoteRuntime client = connect(gateway)) {
            SessionId session = begin(client);
            try (EventStream events = client.session(session).events(0)) {
                gateway.signal("TERM");
                gateway.awaitErr(err -> err.contains("the gateway is stopping"));
                model.say("2.");
                model.finish();
                Envelope next;
                do {
                    next = events.next(Duration.ofSeconds(60));
                    assertThat(next).as("an end in time").isNotNull();
                } while (!(next.event() instanceof AgentEvent.Terminal));
                assertThat(((RunCompleted) next.event()).content()).isEqualTo("1 2.");
            }
            assertThat(gateway.end().code()).isZero();
        }
    }

    @Test // N2
    void doesNotWaitWhenItIsToldToStopTwice() throws Exception {
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json");
                RemoteRuntime client = connect(gateway)) {
            SessionId session = begin(client);
            gateway.signal("TERM");
            gateway.awaitErr(err -> err.contains("the gateway is stopping"));
            long before = System.nanoTime();
            gateway.signal("TERM");

            assertThat(gateway.end().code()).isZero();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            model.finish();
            model.say("1 2.");
            model.finish();
            model.say("And that.");
            model.finish();
            Ran next = dwata.call("--local", "--session", session.value(), "And?");
            assertThat(next.code()).as(next.err()).isZero();
            assertThat(next.out()).isEqualTo("And that.\n");
        }
    }

    private RemoteRuntime connect(Running gateway) throws Exception {
        JsonNode ready = Json.STRICT.readTree(gateway.awaitOut(out -> out.endsWith("\n")));
        return RemoteRuntime.connect(dwata.address(ready.path("ws").stringValue(), ClientType.WEB));
    }
}
