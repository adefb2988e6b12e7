package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.agent.store.NewSession;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.cli.kill.WireClient;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// P3, P12: gateways that are killed while somebody is to agree, to answer, or to carry out a call; and what
/// becomes of that after the next start.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ConsentProcessTest {
    private static final int KILLS = Integer.getInteger("dwata.kills", 6);
    private static final long SEED = Long.getLong("dwata.seed", System.nanoTime());

    @TempDir
    Path folder;

    private ObedientModel model;
    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        model = new ObedientModel();
        dwata = new Dwata(folder).with("OPENAI_BASE_URL", model.url());
    }

    @AfterEach
    void stop() {
        model.close();
    }

    private Running gateway() throws Exception {
        return dwata.start("gateway", "--port", "0", "--json", "--approve", "ask", "--auth", "none");
    }

    private static JsonNode ready(Running gateway) throws Exception {
        return Json.STRICT.readTree(gateway.awaitOut(out -> out.endsWith("\n")));
    }

    private RemoteRuntime connect(Running gateway) throws Exception {
        return RemoteRuntime.connect(dwata.address(ready(gateway).path("ws").stringValue(), ClientType.WEB));
    }

    private static void kill(Running gateway) throws Exception {
        gateway.signal("KILL");
        assertThat(gateway.end().code()).isEqualTo(137);
    }

    /// Has the shell add a line to a file.
    private static String append(String line) {
        return ObedientModel.call("shell.run", Map.of("command", "echo " + line + " >> effects"));
    }

    private List<String> effects() throws Exception {
        Path file = dwata.workspace.resolve("effects");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static <E extends AgentEvent> E await(EventStream events, Class<E> type) throws Exception {
        while (true) {
            Envelope next = events.next(Duration.ofSeconds(60));
            assertThat(next).as("a %s in time", type.getSimpleName()).isNotNull();
            if (type.isInstance(next.event())) {
                return type.cast(next.event());
            }
        }
    }

    /// Begins a run and has the gateway killed while it waits.
    private Waiting killedWhileItWaits(String message) throws Exception {
        try (Running gateway = gateway();
                RemoteRuntime client = connect(gateway)) {
            Session session = client.createSession();
            try (EventStream events = session.events(0);
                    Run run = session.prompt(Prompt.of(message))) {
                InputRequested asked = await(events, InputRequested.class);
                assertThat(run.position()).isZero();
                kill(gateway);
                return new Waiting(session.id(), asked.requestId().value());
            }
        }
    }

    private record Waiting(SessionId session, String request) {}

    /// @return its result
    private ToolReturned end(Running gateway, SessionId session) throws Exception {
        try (RemoteRuntime client = connect(gateway);
                EventStream events = client.session(session).events(0)) {
            ToolReturned result = await(events, ToolReturned.class);
            assertThat(await(events, Terminal.class)).isInstanceOf(RunCompleted.class);
            return result;
        }
    }

    @Test
    void carriesOutOnceWhatAnotherClientAgreesToAfterTheRestart() throws Exception {
        Waiting waiting = killedWhileItWaits(append("paid"));
        try (Running gateway = gateway()) {
            ready(gateway);
            assertThat(dwata.call("inputs").out()).contains(waiting.request()).contains("echo paid >> effects");
            assertThat(effects()).isEmpty();

            Ran agreed = dwata.call("inputs", "approve", waiting.request());

            assertThat(agreed.code()).as(agreed.err()).isZero();
            assertThat(end(gateway, waiting.session()).success()).isTrue();
            assertThat(dwata.call("inputs", "approve", waiting.request()).code())
                    .isEqualTo(1);
            assertThat(effects()).containsExactly("paid");
        }
    }

    @Test
    void goesOnWithTheAnswerThatSomebodyGivesOverHttpAfterTheRestart() throws Exception {
        Waiting waiting = killedWhileItWaits(
                ObedientModel.call("ask_user", Map.of("questions", List.of(Map.of("id", "name", "text", "Whose?")))));
        try (Running gateway = gateway();
                HttpClient http = HttpClient.newHttpClient()) {
            String url = ready(gateway).path("url").stringValue();
            HttpRequest answer = HttpRequest.newBuilder(URI.create(url + "/api/v1/inputs/" + waiting.request()))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"answer\":{\"name\":\"Ada's\"}}"))
                    .build();

            HttpResponse<String> taken = http.send(answer, BodyHandlers.ofString());

            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
            assertThat(end(gateway, waiting.session()).result().path("answers")).hasToString("{\"name\":\"Ada's\"}");
            assertThat(http.send(answer, BodyHandlers.ofString()).statusCode()).isEqualTo(409);
        }
    }

    @Test // S2-101
    void takesWhatAClientMadeOfItsCallAfterTheRestart() throws Exception {
        SessionId session;
        String request;
        try (Running gateway = gateway();
                HttpClient http = HttpClient.newHttpClient()) {
            BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
            URI socket = URI.create(ready(gateway).path("ws").stringValue());
            try (WireClient client = new WireClient(http, socket, text -> events.add(Json.MAPPER.readTree(text)))) {
                client.call("connect", object("{\"version\":\"1\",\"clientType\":\"web\",\"clientId\":\"web-1\"}"));
                JsonNode made = client.call("sessions.new", object("{}"));
                session = new SessionId(made.path("sessionId").asString(""));
                client.call("sessions.attach", object("{\"sessionId\":\"" + session + "\"}"));
                client.call(
                        "tools.register",
                        object("{\"sessionId\":\"" + session + "\",\"tools\":[{\"name\":\"showForm\","
                                + "\"description\":\"Shows a form.\",\"parameters\":{\"type\":\"object\"}}]}"));
                client.call(
                        "agent",
                        object("{}")
                                .put("sessionId", session.value())
                                .put("message", ObedientModel.call("showForm", Map.of("title", "Name"))));
                JsonNode event;
                do {
                    event = events.poll(60, TimeUnit.SECONDS);
                    assertThat(event).as("a request in time").isNotNull();
                } while (!event.path("event").asString("").equals("input_request"));
                request = event.at("/payload/requestId").asString("");
                kill(gateway);
            }
        }
        try (Running gateway = gateway()) {
            ready(gateway);

            Ran answered = dwata.call("inputs", "answer", request, "--json-answer", "{\"name\":\"Ada\"}");

            assertThat(answered.code()).as(answered.err()).isZero();
            assertThat(end(gateway, session).result()).hasToString("{\"success\":true,\"name\":\"Ada\"}");
        }
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }

    @Test
    void carriesOutOnceWhatWasAgreedToWhileNoGatewayRan() throws Exception {
        Waiting waiting = killedWhileItWaits(append("paid"));

        Ran agreed = dwata.call("inputs", "approve", waiting.request(), "--local");

        assertThat(agreed.code()).as(agreed.err()).isZero();
        assertThat(effects()).isEmpty();
        for (int start = 0; start < 2; start++) {
            try (Running gateway = gateway()) {
                assertThat(end(gateway, waiting.session()).success()).isTrue();
                assertThat(effects()).containsExactly("paid");
                kill(gateway);
            }
        }
    }

    /// `-Ddwata.kills=100` for as many; `-Ddwata.seed=…` for the same moments again.
    @Test
    void doesNothingTwiceWhereverItIsKilledAfterSomebodyHasAgreed() throws Exception {
        System.out.println("ConsentProcessTest: seed " + SEED);
        Random random = new Random(SEED);
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            try (Running gateway = gateway();
                    RemoteRuntime client = connect(gateway)) {
                Session session = client.createSession(NewSession.titled("Kill " + i));
                sessions.add(session.id());
                try (EventStream events = session.events(0);
                        Run run = session.prompt(Prompt.of(append("line" + i)))) {
                    InputRequested asked = await(events, InputRequested.class);
                    assertThat(run.position()).isZero();
                    client.respond(asked.requestId(), new InputResponse.Approve());
                    LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(i % 2 == 0 ? 40 : 200)));
                    kill(gateway);
                }
            }
        }
        int unknown = 0;
        try (Running gateway = gateway()) {
            for (int i = 0; i < KILLS; i++) {
                ToolReturned result = end(gateway, sessions.get(i));
                int lines = Collections.frequency(effects(), "line" + i);
                if (result.success()) {
                    assertThat(lines).as("%s", result).isEqualTo(1);
                } else {
                    unknown++;
                    assertThat(lines).as("%s", result).isLessThanOrEqualTo(1);
                    assertThat(result.error()).startsWith("outcome unknown");
                }
            }
        }
        System.out.printf("ConsentProcessTest: %d kills, %d outcomes unknown%n", KILLS, unknown);
    }
}
