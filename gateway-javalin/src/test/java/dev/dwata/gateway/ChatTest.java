package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.http.HttpLimits;
import dev.dwata.gateway.ws.WsLimits;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentError;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Chats over `/api/ai/chat`, S3-45 to S3-61: AG-UI's events in order, from the log, once for each run.
@Timeout(60)
class ChatTest {
    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private TestGateway gateway;
    private Chat chat;

    @BeforeEach
    void start() {
        gateway = TestGateway.with(model, TestTools.echo(), TestTools.broken());
        chat = new Chat(gateway);
    }

    @AfterEach
    void close() {
        chat.close();
        gateway.close();
    }

    private List<String> userMessages(String thread) {
        return gateway.runtime.session(new SessionId(thread)).history(50, null).messages().stream()
                .filter(message -> message.role() == Role.USER)
                .map(message -> message.message().text())
                .toList();
    }

    @Test
    void aRunIsToldAsAgUiHasIt() {
        model.turn(turn -> turn.thinks("Short.").says("Hel", "lo."));
        String thread = SessionId.create().value();

        Chat.Answer answer = chat.post(Chat.input(thread, "run-1", "Hi").put("protocolVersion", "1.0"));

        assertThat(answer.types())
                .containsExactly(
                        "RUN_STARTED",
                        "REASONING_START",
                        "REASONING_MESSAGE_START",
                        "REASONING_MESSAGE_CONTENT",
                        "REASONING_MESSAGE_END",
                        "REASONING_END",
                        "TEXT_MESSAGE_START",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_END",
                        "RUN_FINISHED");
        assertThat(answer.text()).isEqualTo("Hello.");
        ObjectNode started = answer.only("RUN_STARTED");
        assertThat(started.get("threadId").stringValue()).isEqualTo(thread);
        assertThat(started.get("runId").stringValue()).isEqualTo("run-1");
        assertThat(started.at("/metadata/dwata/sessionId").stringValue()).isEqualTo(thread);
        ObjectNode end = answer.last();
        assertThat(end.at("/outcome/type").stringValue()).isEqualTo("success");
        assertThat(end.at("/metadata/tanstack/finishReason").stringValue()).isEqualTo("stop");
        assertThat(end.at("/usage/0/provider").stringValue()).isEqualTo("scripted");
        assertThat(end.at("/usage/0/model").stringValue()).isEqualTo("script");
    }

    @Test
    void serverToolsAreToldWithTheirResults() {
        model.turn(turn -> turn.says("Look.").calls("test.echo", "{\"text\":\"a\"}"))
                .calls("test.broken", "{\"text\":\"b\"}")
                .says("Done.");

        Chat.Answer answer = chat.post(Chat.input("thread-7", "run-1", "Go"));

        assertThat(answer.types())
                .containsExactly(
                        "RUN_STARTED",
                        "TEXT_MESSAGE_START",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_END",
                        "TOOL_CALL_START",
                        "TOOL_CALL_ARGS",
                        "TOOL_CALL_END",
                        "TOOL_CALL_RESULT",
                        "TOOL_CALL_START",
                        "TOOL_CALL_ARGS",
                        "TOOL_CALL_END",
                        "TOOL_CALL_RESULT",
                        "TEXT_MESSAGE_START",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_END",
                        "RUN_FINISHED");
        ObjectNode first = answer.events().get(4).data();
        assertThat(first.get("toolCallName").stringValue()).isEqualTo("test.echo");
        assertThat(first.get("parentMessageId"))
                .isEqualTo(answer.events().get(1).data().get("messageId"));
        assertThat(answer.events().get(5).data().get("delta").stringValue()).isEqualTo("{\"text\":\"a\"}");
        ObjectNode result = answer.events().get(7).data();
        assertThat(result.get("toolCallId")).isEqualTo(first.get("toolCallId"));
        assertThat(Json.MAPPER
                        .readTree(result.get("content").stringValue())
                        .get("text")
                        .stringValue())
                .isEqualTo("a");
        assertThat(answer.events().get(11).data().get("content").stringValue()).contains("it is broken");
    }

    /// S3-36: the history that clients send again is not stored again
    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-4000-8000-000000000001", "thread-1763", "Überfäden 💬"})
    void theSecondTurnFindsItsSessionAndIsStoredOnce(String thread) {
        model.says("One.").says("Two.");
        Chat.Answer first = chat.post(Chat.input(thread, "run-1", "First"));
        ObjectNode again = Chat.input(thread, "run-2", "First");
        ((ArrayNode) again.get("messages"))
                .addObject()
                .put("id", "x")
                .put("role", "assistant")
                .put("content", "One.");
        ((ArrayNode) again.get("messages"))
                .addObject()
                .put("id", "y")
                .put("role", "user")
                .put("content", "Second");

        Chat.Answer second = chat.post(again);

        String session =
                first.only("RUN_STARTED").at("/metadata/dwata/sessionId").stringValue();
        assertThat(second.only("RUN_STARTED").at("/metadata/dwata/sessionId").stringValue())
                .isEqualTo(session);
        assertThat(second.only("RUN_STARTED").get("threadId").stringValue()).isEqualTo(thread);
        assertThat(second.text()).isEqualTo("Two.");
        assertThat(userMessages(session)).containsExactly("First", "Second");
        assertThat(model.requests().getLast().messages()).hasSize(3);
    }

    /// A9, A10: the run's name is its key
    @Test
    void theSameRunIsMadeOnceAndAnotherContentIsAConflict() {
        model.says("One.");
        ObjectNode body = Chat.input("thread", "run-1", "First");
        Chat.Answer first = chat.post(body);

        assertThat(chat.post(body)).isEqualTo(first);
        Chat.Answer other = chat.post(Chat.input("thread", "run-1", "Another"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().get("code").stringValue()).isEqualTo("IDEMPOTENCY_CONFLICT");
        model.says("Two.");
        assertThat(chat.post(Chat.input("another thread", "run-1", "First")).text())
                .isEqualTo("Two.");
        assertThat(model.requests()).hasSize(2);
    }

    @Test
    void afterEveryEventTheRestFollowsStrictly() {
        model.turn(turn -> turn.thinks("Hm.").says("Look ", "here.").calls("test.echo", "{\"text\":\"a\"}"))
                .says("Done.");
        ObjectNode body = Chat.input("thread", "run-1", "Go");
        List<Chat.Event> all = chat.post(body).events();

        for (int i = 0; i < all.size(); i++) {
            List<Chat.Event> rest = all.subList(i + 1, all.size());
            assertThat(chat.post(body, "Last-Event-ID", all.get(i).id()).events())
                    .isEqualTo(rest);
            assertThat(chat.get("?runId=run-1&offset=" + all.get(i).id()).events())
                    .isEqualTo(rest);
        }
        assertThat(chat.get("?offset=-1&runId=run-1").events()).isEqualTo(all);
        assertThat(model.requests()).hasSize(2);
    }

    /// S3-60, C12: the run goes on without its client, and is read on at another gateway
    @Test
    void whatWasCutIsReadOnAfterTheGatewayWasStartedAgain() throws IOException {
        gateway.close();
        Gate gate = new Gate();
        model.turn(turn -> turn.says("Before. ").waits(gate).says("After."));
        Path file = directory.resolve("db.sqlite3");
        gateway = TestGateway.with(model, WsLimits.DEFAULT, HttpLimits.DEFAULT, SqliteStore.open(file));
        ObjectNode body = Chat.input("thread", "run-1", "Go");
        String last;
        String session;
        try (Chat cut = new Chat(gateway)) {
            HttpResponse<InputStream> response = cut.open(body);
            session = response.headers().firstValue("X-Session-Id").orElseThrow();
            List<Chat.Event> seen = Chat.events(until(response.body(), "Before. "));
            last = seen.getLast().id();
            response.body().close();
        }
        gate.open();
        TestGateway.eventually(
                "the run is over",
                () -> gateway.runtime.activity(new SessionId(session)).activeRun() == null);
        gateway.close();
        gateway = TestGateway.with(model, WsLimits.DEFAULT, HttpLimits.DEFAULT, SqliteStore.open(file));
        try (Chat later = new Chat(gateway)) {
            Chat.Answer rest = later.post(body, "Last-Event-ID", last);
            assertThat(rest.types()).containsExactly("TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "RUN_FINISHED");
            assertThat(rest.text()).isEqualTo("After.");
            assertThat(later.get("?offset=-1&runId=run-1").text()).isEqualTo("Before. After.");
            assertThat(model.requests()).hasSize(1);
        }
    }

    private static String until(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0 || !read.toString().endsWith("\n\n")) {
            read.append(new String(new byte[] {(byte) in.read()}, StandardCharsets.ISO_8859_1));
        }
        return read.toString();
    }

    /// C11
    @Test
    void noTextOfAModelBreaksTheFrames() {
        String nasty = "a\n\ndata: {\"type\":\"RUN_ERROR\"}\r\nevent: x\rid: 9\n\n\u2028\u2029\u0001 💬";
        model.says(nasty, "\n", "\n");

        Chat.Answer answer = chat.post(Chat.input("thread", "run-1", "Go"));

        assertThat(answer.text()).isEqualTo(nasty + "\n\n");
        assertThat(answer.types()).hasSize(7);
    }

    @Test
    void aFailureIsTheLastEvent() {
        model.fails(new AgentError.ModelRejected("no such model", 400));

        Chat.Answer answer = chat.post(Chat.input("thread", "run-1", "Go"));

        assertThat(answer.types()).containsExactly("RUN_STARTED", "RUN_ERROR");
        assertThat(answer.last().get("message").stringValue()).contains("no such model");
        assertThat(answer.last().get("code").stringValue()).isEqualTo("MODEL_REJECTED");
    }

    @Test
    void aCancelledRunIsToldToBe() throws IOException {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("Before. ").waits(gate).says("After."));
        HttpResponse<InputStream> response = chat.open(Chat.input("thread", "run-1", "Go"));
        String begun = until(response.body(), "Before. ");
        String run =
                Chat.events(begun).getFirst().data().at("/metadata/dwata/runId").stringValue();

        gateway.runtime.cancel(new RunId(run), "enough");

        String rest = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        List<ObjectNode> all =
                Chat.events(begun + rest).stream().map(Chat.Event::data).toList();
        AgUiRules.check(all);
        assertThat(all.getLast().at("/outcome/type").stringValue()).isEqualTo("cancelled");
    }

    /// S3-54: what chat clients of the seed send
    @Test
    void theShorterBodyIsTakenToo() {
        model.says("Fine.");
        String session = SessionId.create().value();
        ObjectNode body = (ObjectNode) Json.MAPPER.readTree("""
                {"sessionId":"%s","context":"editor","documentId":"0190a000-0000-7000-8000-000000000001",
                 "agentId":"agent-7",
                 "messages":[{"id":"1","role":"user","content":"Hi","timestamp":"2026-11-21T00:00:00Z"}]}
                """.formatted(session));

        Chat.Answer answer = chat.post(body);

        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("Fine.");
        assertThat(answer.only("RUN_STARTED").get("threadId").stringValue()).isEqualTo(session);
        assertThat(gateway.runtime.session(new SessionId(session)).info().contextType())
                .isEqualTo("editor");
        assertThat(gateway.runtime
                        .session(new SessionId(session))
                        .info()
                        .config()
                        .toString())
                .contains("\"documentId\":\"0190a000-0000-7000-8000-000000000001\"");
    }

    @Test
    void contextReachesTheModelAndIsToldAgainOnlyWhenItChanged() {
        model.says("1").says("2").says("3");
        ObjectNode first = Chat.input("thread", "run-1", "A");
        first.putArray("context").addObject().put("description", "selection").put("value", "edge 7");
        chat.post(first);
        ObjectNode second = first.deepCopy().put("runId", "run-2");
        chat.post(second);
        ObjectNode third = Chat.input("thread", "run-3", "C");
        third.putArray("context").addObject().put("description", "selection").put("value", "edge 8");
        chat.post(third);

        List<Integer> told = model.requests().stream()
                .map(request -> request.messages().toString().split("selection: edge").length - 1)
                .toList();
        assertThat(told).containsExactly(1, 1, 2);
        assertThat(model.requests().getLast().messages().toString()).contains("edge 8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | 400 | there is nothing new",
                "{\"messages\":{}}                                         | 400 | messages must be an array",
                "{\"messages\":[{\"role\":\"bot\"}]}                       | 400 | messages[0].role must be one of",
                "{\"messages\":[{\"role\":\"user\"}]}                      | 400 | messages[0].content must be",
                "{\"messages\":[{\"role\":\"user\",\"content\":\" \"}]}    | 400 | message must not be empty",
                "{\"threadId\":7}                                          | 400 | threadId must be a string",
                "{\"runId\":\"\"}                                          | 400 | runId must be 1 to 256",
                "{\"resume\":[{\"status\":\"resolved\"}]}                  | 400 | resume[0].interruptId is required",
                "{\"resume\":[{\"interruptId\":\"x\",\"status\":\"no\"}]}  | 400 | resume[0].status must be",
                "{\"resume\":[{\"interruptId\":\"x\",\"status\":\"resolved\"}]} | 404 | there is no thread",
                "{\"tools\":[{}]}                                          | 400 | tools[0].name is required",
                "{\"context\":7}                                           | 400 | context must be an array"
            })
    void whatIsWrongIsSaidBeforeAnyEvent(String body, int status, String said) {
        Chat.Answer answer = chat.post(Json.MAPPER.readTree(body));

        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(status);
        assertThat(answer.body().get("error").stringValue()).contains(said);
        assertThat(model.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'type':'image','source':{'type':'url','value':'http://a/b'}}] | {}            | a URL is not fetched",
                "[{'type':'binary','mimeType':'image/png','url':'http://a/b'}]   | {}            | a URL is not fetched",
                "[{'type':'image','source':{'type':'file','value':'7'}}]         | {}            | attachment:<sha256>",
                "[{'type':'hologram'}]                                           | {}            | [0].type must be",
                "[{'type':'text'}]                                               | {}            | [0].text must be",
                "'a'                                                             | {'agentName':'nobody'} | nobody",
                "'a'                                                             | {'model':7}   | forwardedProps.model"
            })
    void soIsWhatIsWrongWithAMessage(String content, String props, String said) {
        ObjectNode body = Chat.input("thread", "run-1");
        ((ArrayNode) body.get("messages"))
                .addObject()
                .put("role", "user")
                .set("content", Json.MAPPER.readTree(content.replace('\'', '"')));
        body.set("forwardedProps", Json.MAPPER.readTree(props.replace('\'', '"')));

        Chat.Answer answer = chat.post(body);

        assertThat(answer.status()).isIn(400, 415);
        assertThat(answer.body().get("error").stringValue()).contains(said);
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void aCursorOrRunThatIsNoneIsRefused() {
        model.says("One.");
        ObjectNode body = Chat.input("thread", "run-1", "Go");
        chat.post(body);

        assertThat(chat.post(body, "Last-Event-ID", "x").status()).isEqualTo(400);
        assertThat(chat.post(body, "Last-Event-ID", "99.0").status()).isEqualTo(409);
        assertThat(chat.get("?offset=-1&runId=nobody").status()).isEqualTo(404);
        assertThat(chat.get("?threadId=nobody").status()).isEqualTo(404);
        assertThat(chat.get("").status()).isEqualTo(400);
    }

    @Test
    void imagesAreStoredAndShownToTheModel() {
        model.says("A dot.");
        ObjectNode body = Chat.input("thread", "run-1");
        JsonNode content = Json.MAPPER.readTree("""
                [{"type":"text","text":"What is it?"},
                 {"type":"image",
                  "source":{"type":"data","mimeType":"image/png","value":"iVBORw0KGgoAAAANSUhEUg=="}}]""");
        ((ArrayNode) body.get("messages"))
                .addObject()
                .put("id", "1")
                .put("role", "user")
                .set("content", content);

        assertThat(chat.post(body).text()).isEqualTo("A dot.");

        assertThat(model.requests().getFirst().messages().getFirst().parts()).hasSize(2);
        JsonNode history = chat.get("?threadId=thread").body();
        assertThat(history.at("/messages/0/parts/1/source/value").stringValue()).startsWith("attachment:");
    }

    @Test
    void aThreadIsRestoredAsTanStackKeepsIt() {
        model.turn(turn -> turn.thinks("Hm.").calls("test.echo", "{\"text\":\"a\"}"))
                .says("Done.");
        chat.post(Chat.input("thread", "run-1", "Go"));

        JsonNode body = chat.get("?threadId=thread").body();

        assertThat(body.get("activeRun").isNull()).isTrue();
        assertThat(body.get("interrupts").isNull()).isTrue();
        assertThat(body.at("/page/truncated").booleanValue()).isFalse();
        assertThat(body.get("messages").valueStream().map(m -> m.get("role").stringValue()))
                .containsExactly("user", "assistant", "assistant");
        assertThat(body.at("/messages/1/parts")
                        .valueStream()
                        .map(p -> p.get("type").stringValue()))
                .containsExactly("thinking", "tool-call", "tool-result");
        assertThat(body.at("/messages/1/parts/1/state").stringValue()).isEqualTo("complete");
        assertThat(body.at("/messages/2/parts/0/content").stringValue()).isEqualTo("Done.");

        JsonNode page = chat.get("?threadId=thread&limit=1").body();
        assertThat(page.get("messages")).hasSize(1);
        assertThat(page.at("/page/truncated").booleanValue()).isTrue();
        JsonNode older = chat.get("?threadId=thread&limit=2&before="
                        + page.at("/page/cursor").stringValue())
                .body();
        assertThat(older.get("messages")).hasSize(2);
    }

    @Test
    void aRunThatIsUnderWayIsJoined() throws IOException {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("Before. ").waits(gate).says("After."));
        HttpResponse<InputStream> response = chat.open(Chat.input("thread", "run-1", "Go"));
        until(response.body(), "Before. ");

        JsonNode history = chat.get("?threadId=thread").body();
        assertThat(history.get("messages")).hasSize(1);
        String run = history.at("/activeRun/runId").stringValue();
        gate.open();

        Chat.Answer joined = chat.get("?offset=-1&runId=" + run);
        assertThat(joined.text()).isEqualTo("Before. After.");
        assertThat(joined.only("RUN_STARTED").get("threadId").stringValue()).isEqualTo("thread");
        response.body().close();
    }

    /// C10: every door shows the same
    @Test
    void otherDoorsSeeTheSameRun() {
        model.says("One ", "two.");
        String thread = SessionId.create().value();
        Chat.Answer answer = chat.post(Chat.input(thread, "run-1", "Count"));

        Client other = gateway.client();
        other.call("sessions.attach", "sessionId", thread, "afterSeq", 0);
        assertThat(other.event("message").at("/payload/content").stringValue()).isEqualTo("Count");
        assertThat(other.event("final").at("/payload/content").stringValue()).isEqualTo(answer.text());
        try (Sse sse = Sse.open(gateway, thread, "")) {
            StringBuilder text = new StringBuilder();
            sse.to("final").stream()
                    .filter(event -> event.name().equals("token"))
                    .forEach(event -> text.append(event.json().get("content").stringValue()));
            assertThat(text.toString()).isEqualTo(answer.text());
        }
    }

    /// S3-46
    @Test
    void aSessionsLogIsReadOnAsItsStream() throws IOException, InterruptedException {
        model.says("One.");
        String session = SessionId.create().value();
        chat.post(Chat.input(session, "run-1", "Go"));
        URI uri = URI.create(gateway.gateway.url() + "/api/ai/session/" + session + "?offset=-1");

        try (HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.uri().getPath()).isEqualTo("/v1/stream/ai-chat/" + session);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("One.");
        }
    }

    @Test
    void whatAnotherDoorBeganIsJoinedAndGoesOn() {
        model.says("One.").says("Two.");
        Client other = gateway.client();
        JsonNode began = other.call("agent", "message", "First");
        other.event("final");
        String session = began.get("sessionId").stringValue();

        assertThat(chat.get("?offset=-1&runId=" + began.get("runId").stringValue())
                        .text())
                .isEqualTo("One.");
        assertThat(chat.post(Chat.input(session, "run-1", "Second")).text()).isEqualTo("Two.");
        assertThat(userMessages(session)).containsExactly("First", "Second");
    }

    @Test
    void aSecondMessageWaitsForItsTurn() throws IOException {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("Before. ").waits(gate).says("After.")).says("Second.");
        HttpResponse<InputStream> first = chat.open(Chat.input("thread", "run-1", "A"));
        String begun = until(first.body(), "Before. ");
        HttpResponse<InputStream> second = chat.open(Chat.input("thread", "run-2", "B"));
        gate.open();

        String rest = new String(first.body().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(begun + rest).contains("After.").doesNotContain("Second.");
        String all = new String(second.body().readAllBytes(), StandardCharsets.UTF_8);
        AgUiRules.check(Chat.events(all).stream().map(Chat.Event::data).toList());
        assertThat(all).contains("Second.").doesNotContain("After.");
    }

    @Test
    void anothersThreadIsAThreadOfOnesOwn() {
        model.says("Mine.");
        SessionId others = gateway.store
                .sessions()
                .create(new Principal("somebody@else"), NewSession.PLAIN)
                .id();
        assertThat(chat.get("?threadId=" + others).status()).isEqualTo(404);

        Chat.Answer answer = chat.post(Chat.input(others.value(), "run-1", "Hi"));

        assertThat(answer.text()).isEqualTo("Mine.");
        assertThat(answer.only("RUN_STARTED").get("threadId").stringValue()).isEqualTo(others.value());
        assertThat(answer.only("RUN_STARTED").at("/metadata/dwata/sessionId").stringValue())
                .isNotEqualTo(others.value());
        assertThat(chat.get("?threadId=" + others).body().get("messages")).hasSize(2);
    }
}
