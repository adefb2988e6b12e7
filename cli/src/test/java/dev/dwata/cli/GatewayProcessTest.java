package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `dwata gateway` as a process, and the other commands as its clients.
@Timeout(180)
class GatewayProcessTest {
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

    @Test
    void saysWhenItIsReadyAndEndsInOrderWhenTerminated() throws Exception { // S0-101
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            JsonNode ready = ready(gateway);

            assertThat(ready.propertyNames())
                    .containsExactly("event", "url", "ws", "pid", "version", "dataDir", "auth");
            assertThat(ready.path("event").stringValue()).isEqualTo("ready");
            assertThat(ready.path("pid").longValue()).isEqualTo(gateway.pid());
            assertThat(ready.path("dataDir").stringValue()).isEqualTo(dwata.home.toString());
            assertThat(gateway.awaitErr(err -> err.contains("the database is " + dwata.home.resolve("db.sqlite3"))))
                    .isNotNull();
            JsonNode left = Json.STRICT.readTree(Files.readString(dwata.home.resolve("gateway.json")));
            assertThat(left.path("url").stringValue()).isEqualTo(url(ready));
            assertThat(left.path("workspace").stringValue()).isEqualTo(dwata.workspace.toString());

            try (RemoteRuntime runtime = connect(ready, ClientType.WEB)) {
                assertThat(runtime.status().version())
                        .isEqualTo(ready.path("version").stringValue());
            }
            gateway.signal("TERM");
            Ran ran = gateway.end();
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out().lines()).hasSize(1);
            assertThat(dwata.home.resolve("gateway.json")).doesNotExist();
        }
    }

    @Test
    void answersACommandLineThatFindsItByItself() throws Exception { // S4-191 S4-235 S4-236
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            JsonNode ready = ready(gateway);
            model.say("From the gateway.");
            model.finish();

            Ran ran = dwata.run("hello");

            assertThat(ran).isEqualTo(new Ran(0, "From the gateway.\n", ""));
            try (RemoteRuntime web = connect(ready, ClientType.WEB)) {
                Session session = web.session(last());
                List<AgentEvent> seen = untilTheEnd(session);
                assertThat(seen.getFirst()).isInstanceOfSatisfying(MessageReceived.class, message -> {
                    assertThat(message.content()).isEqualTo("hello");
                    assertThat(message.clientType()).isEqualTo(ClientType.CLI);
                });
                assertThat(seen.getLast())
                        .isInstanceOfSatisfying(
                                RunCompleted.class,
                                end -> assertThat(end.content()).isEqualTo("From the gateway."));
            }
            gateway.signal("TERM");
            assertThat(gateway.end().code()).isZero();
        }
    }

    @Test
    void showsAQuestionOfTheCommandLineToOthersAsItHappensAndCancelsIt() throws Exception { // S4-198 S4-236
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json");
                RemoteRuntime web = connect(ready(gateway), ClientType.WEB)) {
            Session session = web.createSession(NewSession.titled("Shared"));
            try (EventStream stream = session.events(0);
                    Running asking = dwata.start("--session", session.id().value(), "hello")) {
                asking.input("");
                model.say("Once ");
                awaitToken(stream, "Once ");
                asking.awaitOut(out -> out.equals("Once "));

                asking.signal("INT");

                assertThat(asking.end()).isEqualTo(new Ran(130, "Once \n", "cancelled (Ctrl+C)\n"));
                assertThat(next(stream, AgentEvent.RunCancelled.class).reason()).isEqualTo("Ctrl+C");
            }
            assertThat(dwata.call("cancel").code()).isEqualTo(1);
        }
    }

    @Test
    void cancelsFromAnotherCommandLine() throws Exception {
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            ready(gateway);
            try (Running asking = dwata.start("hello")) {
                asking.input("");
                model.say("Once ");
                asking.awaitOut(out -> out.equals("Once "));

                assertThat(dwata.call("cancel").code()).isZero();

                Ran ran = asking.end();
                assertThat(ran.code()).isEqualTo(130);
                assertThat(ran.err()).isEqualTo("cancelled (cancelled from the command line)\n");
            }
        }
    }

    @Test
    void isUsedOnlyForItsOwnWorkspaceWhereOneIsNamed() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json", "--workspace", elsewhere.toString())) {
            ready(gateway);
            model.say("A");
            model.finish();
            Ran there = dwata.call("hello");
            assertThat(there.err()).contains("its tools work in " + elsewhere.toRealPath());

            model.say("B");
            model.finish();
            Ran here = dwata.call("--workspace", ".", "hello again");
            assertThat(here).isEqualTo(new Ran(0, "B\n", ""));
            assertThat(model.requests.getLast()).contains(dwata.workspace.toString());

            assertThat(dwata.call("history").out()).contains("hello").contains("hello again");
        }
    }

    @Test
    void refusesWhatIsNotSafeOrNotFree() throws Exception {
        Ran open = dwata.run("gateway", "--host", "0.0.0.0", "--port", "0");
        assertThat(open.code()).isEqualTo(78);
        assertThat(open.err()).contains("0.0.0.0");
        Ran nobody = dwata.run("gateway", "--host", "0.0.0.0", "--port", "0", "--auth", "none", "--insecure-remote");
        assertThat(nobody.code()).isEqualTo(78);
        assertThat(nobody.err()).contains("--auth token");

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran busy = dwata.run("gateway", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(busy.code()).isEqualTo(69);
            assertThat(busy.err()).contains(Integer.toString(taken.getLocalPort()));
        }
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            ready(gateway);
            Ran second = dwata.run("gateway", "--port", "0");
            assertThat(second.code()).isEqualTo(75);
            assertThat(second.err()).contains("process " + gateway.pid());
        }
    }

    @Test
    void leavesRunsToBeCarriedOnWhenItIsTerminated() throws Exception {
        SessionId id;
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json");
                RemoteRuntime client = connect(ready(gateway), ClientType.WEB)) {
            Session session = client.createSession();
            id = session.id();
            try (EventStream stream = session.events(0);
                    Run run = session.prompt(Prompt.of("Count"))) {
                assertThat(run.position()).isZero();
                model.say("1 ");
                awaitToken(stream, "1 ");
                gateway.signal("TERM");
                gateway.awaitErr(err -> err.contains("the gateway is stopping"));
                gateway.signal("TERM"); // the answer does not end by itself
                assertThat(gateway.end().code()).isZero();
            }
        }
        assertThat(dwata.call("history", "--session", id.value()).out())
                .contains("Count")
                .doesNotContain("(cut short)");
        assertThat(dwata.call("sessions", "show", id.value()).out()).contains("messages       1");
    }

    @Test
    void isMissedByACommandLineThatLosesIt() throws Exception {
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            ready(gateway);
            try (Running asking = dwata.start("hello")) {
                asking.input("");
                model.say("Once ");
                asking.awaitOut(out -> out.equals("Once "));
                gateway.signal("KILL");

                assertThat(asking.end())
                        .isEqualTo(new Ran(4, "Once \n", "dwata: the connection to the gateway is lost\n"));
            }
        }
    }

    @Test
    void saysWhatMeansNothingToIt() throws Exception {
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            String url = url(ready(gateway));
            model.say("Yes.");
            model.finish();

            Ran ran = dwata.call("--gateway", url, "--workspace", ".", "hello");

            assertThat(ran.code()).isZero();
            assertThat(ran.err()).contains("--workspace means nothing to it");
            assertThat(last()).isNotNull();
        }
    }

    @Test
    void isNotMissedWhereItWasKilled() throws Exception {
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            ready(gateway);
            gateway.signal("KILL");
            gateway.end();
        }
        assertThat(dwata.home.resolve("gateway.json")).exists();
        model.say("Here.");
        model.finish();

        assertThat(dwata.call("hello")).isEqualTo(new Ran(0, "Here.\n", ""));
        assertThat(dwata.home.resolve("gateway.json")).doesNotExist();
    }

    @Test
    void losesNothingThatWasSeenWhenItIsKilledInTheMiddleOfAnAnswer() throws Exception { // S4-233
        SessionId id;
        List<AgentEvent> seen = new ArrayList<>();
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json");
                RemoteRuntime client = connect(ready(gateway), ClientType.WEB)) {
            Session session = client.createSession();
            id = session.id();
            try (EventStream stream = session.events(0);
                    Run run = session.prompt(Prompt.of("Count"))) {
                assertThat(run.position()).isZero();
                for (int i = 1; i <= 50; i++) {
                    model.say(i + " ");
                }
                while (seen.stream().filter(Token.class::isInstance).count() < 50) {
                    Envelope next = stream.next(Duration.ofSeconds(60));
                    assertThat(next).isNotNull();
                    if (next.seq() > 0) {
                        seen.add(next.event());
                    }
                }
                gateway.signal("KILL");
                gateway.end();
            }
        }
        model.finish();

        try (Running gateway = dwata.start("gateway", "--port", "0", "--json");
                RemoteRuntime client = connect(ready(gateway), ClientType.WEB)) {
            Session session = client.session(id);
            model.say("All of it.");
            model.finish();
            List<AgentEvent> kept = untilTheEnd(session);
            assertThat(kept.subList(0, seen.size())).isEqualTo(seen);
            assertThat(kept.subList(seen.size(), kept.size()))
                    .containsSubsequence(
                            new RunInterrupted("the process ended before the run did"), new RunResumed(2, 1));
            assertThat(kept).anyMatch(AttemptReset.class::isInstance);
            assertThat(((RunCompleted) kept.getLast()).content()).isEqualTo("All of it.");
            assertThat(session.history(10, null).messages())
                    .extracting(message -> message.message().text())
                    .containsExactly("Count", "All of it.");

            model.say("Again.");
            model.finish();
            try (Run run = session.prompt(Prompt.of("And now?"))) {
                assertThat(run.await())
                        .isInstanceOfSatisfying(
                                RunCompleted.class,
                                end -> assertThat(end.content()).isEqualTo("Again."));
            }
        }
    }

    @Test
    void carriesOutSlashCommandsForTheCommandLine() throws Exception { // S4-237
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            JsonNode ready = ready(gateway);
            assertThat(dwata.call("/new Apples").out()).isEqualTo("New session: Apples\n");
            Ran chat = dwata.callWith("/sessions\n/session 1\n/history\n/exit\n", "chat");
            assertThat(chat.code()).as(chat.err()).isZero();
            assertThat(chat.out()).contains("Apples").contains("Switched to: Apples");
            assertThat(dwata.call("models").out()).contains("offline/offline");
            try (RemoteRuntime web = connect(ready, ClientType.WEB)) {
                assertThat(web.sessions(SessionQuery.latest(5)).sessions()).hasSize(1);
                web.delete(last());
            }
            assertThat(dwata.call("sessions").out()).isEqualTo("No sessions yet.\n");
        }
    }

    private SessionId last() throws Exception {
        return new SessionId(Files.readString(dwata.home.resolve("cli_session")).strip());
    }

    private static JsonNode ready(Running gateway) throws Exception {
        return Json.STRICT.readTree(gateway.awaitOut(out -> out.endsWith("\n")));
    }

    private static String url(JsonNode ready) {
        return ready.path("url").stringValue();
    }

    private RemoteRuntime connect(JsonNode ready, ClientType type) throws Exception {
        return RemoteRuntime.connect(dwata.address(ready.path("ws").stringValue(), type));
    }

    /// What the log holds. All entries of a session up to the end of its first run.
    private static List<AgentEvent> untilTheEnd(Session session) throws Exception {
        List<AgentEvent> events = new ArrayList<>();
        try (EventStream stream = session.events(0)) {
            while (events.isEmpty() || !(events.getLast() instanceof AgentEvent.Terminal)) {
                Envelope next = stream.next(Duration.ofSeconds(60));
                assertThat(next).isNotNull();
                if (next.seq() > 0) {
                    events.add(next.event());
                    assertThat(next.seq()).isEqualTo(events.size());
                }
            }
        }
        return events;
    }

    private static void awaitToken(EventStream stream, String content) throws Exception {
        while (!next(stream, Token.class).content().equals(content)) {
            // not yet
        }
    }

    private static <E extends AgentEvent> E next(EventStream stream, Class<E> type) throws Exception {
        while (true) {
            Envelope next = stream.next(Duration.ofSeconds(60));
            assertThat(next).isNotNull();
            if (type.isInstance(next.event())) {
                return type.cast(next.event());
            }
        }
    }
}
