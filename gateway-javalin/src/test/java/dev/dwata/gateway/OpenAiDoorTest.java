package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Chat completions, as programs that know OpenAI's ask for them.
@Timeout(60)
class OpenAiDoorTest {
    private static final String WEATHER = """
            [{"type":"function","function":{"name":"get_weather","description":"The weather.",\
            "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]""";

    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.over(
            AgentRuntime.builder()
                    .agents(Agents.of(
                            List.of(AgentDefinition.of("default", ""), AgentDefinition.of("poet", "You write poems."))))
                    .tools(List.of(TestTools.echo()))
                    .policy(ToolPolicy.allowAll()),
            model,
            new InMemoryStore());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        gateway.close();
    }

    private static ArrayNode messages(String... texts) {
        ArrayNode messages = Json.MAPPER.createArrayNode();
        for (int i = 0; i < texts.length; i++) {
            messages.addObject().put("role", i % 2 == 0 ? "user" : "assistant").put("content", texts[i]);
        }
        return messages;
    }

    private static ObjectNode request(ArrayNode messages) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", "default").put("temperature", 0.1);
        body.set("messages", messages);
        return body;
    }

    private HttpRequest post(ObjectNode body) {
        return HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpResponse<String> send(ObjectNode body) throws Exception {
        return http.send(post(body), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode answer(ObjectNode body) throws Exception {
        HttpResponse<String> response = send(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.MAPPER.readTree(response.body());
    }

    private List<JsonNode> pieces(ObjectNode body) throws Exception {
        List<JsonNode> pieces = new ArrayList<>();
        String text = send(body.put("stream", true)).body();
        for (String event : text.split("\n\n", -1)) {
            if (event.startsWith("data: {")) {
                pieces.add(Json.MAPPER.readTree(event.substring(6)));
            }
        }
        assertThat(text.endsWith("data: [DONE]\n\n")).isEqualTo(pieces.stream().noneMatch(piece -> piece.has("error")));
        return pieces;
    }

    private static JsonNode message(JsonNode answer) {
        return answer.path("choices").path(0).path("message");
    }

    private static String text(JsonNode answer) {
        return message(answer).path("content").asString("");
    }

    private List<String> shown(int request) {
        return model.requests().get(request).messages().stream()
                .map(Message::text)
                .toList();
    }

    private long sessions() {
        return gateway.runtime.sessions(SessionQuery.latest(100)).total();
    }

    @Test
    void anAgentIsAModel() throws Exception {
        HttpResponse<String> all = http.send(
                HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/v1/models"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        JsonNode list = Json.MAPPER.readTree(all.body());
        assertThat(list.path("object").asString()).isEqualTo("list");
        assertThat(list.path("data").findValuesAsString("id")).containsExactly("default", "poet");
        model.says("Roses.");
        assertThat(text(answer(request(messages("A poem?")).put("model", "poet"))))
                .isEqualTo("Roses.");
        assertThat(model.requests().getFirst().system()).contains("You write poems.");
    }

    @Test
    void answersWhole() throws Exception {
        model.says("Hel", "lo.");

        JsonNode answer = answer(request(messages("Hi.")));

        assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
        assertThat(text(answer)).isEqualTo("Hello.");
        assertThat(answer.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("stop");
        assertThat(answer.path("usage").path("total_tokens").isNumber()).isTrue();
    }

    @Test
    void answersInPiecesWithWhatWasUsed() throws Exception {
        model.says("Hel", "lo.");
        ObjectNode body = request(messages("Hi."));
        body.putObject("stream_options").put("include_usage", true);

        List<JsonNode> pieces = pieces(body);

        assertThat(pieces.stream().map(piece -> piece.path("id").asString()).distinct())
                .hasSize(1);
        assertThat(pieces.stream()
                        .map(piece -> piece.path("choices")
                                .path(0)
                                .path("delta")
                                .path("content")
                                .asString("")))
                .containsExactly("", "Hel", "lo.", "", "");
        assertThat(pieces.get(3).path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("stop");
        assertThat(pieces.getLast().path("choices")).isEmpty();
        assertThat(pieces.getLast().path("usage").path("prompt_tokens").isNumber())
                .isTrue();
    }

    @Test
    void aConversationGoesOnInItsSession() throws Exception {
        model.says("Ada.").says("Still Ada.").says("Bob?");
        HttpResponse<String> first = send(request(messages("Who?")));
        HttpResponse<String> second = send(request(messages("Who?", "Ada.", "Sure?")));

        assertThat(second.headers().firstValue("X-Dwata-Session"))
                .isEqualTo(first.headers().firstValue("X-Dwata-Session"));
        assertThat(shown(1)).containsExactly("Who?", "Ada.", "Sure?");

        HttpResponse<String> other = send(request(messages("Who?", "Bob.", "Sure?")));

        assertThat(other.headers().firstValue("X-Dwata-Session"))
                .isNotEqualTo(first.headers().firstValue("X-Dwata-Session"));
        assertThat(shown(2)).hasSize(1);
        assertThat(shown(2).getFirst()).contains("[user] Who?", "[assistant] Bob.", "[user] Sure?");
        model.says("Yes.");
        send(request(messages("Who?", "Bob.", "Sure?", "Bob?", "Really?")));
        assertThat(shown(3)).hasSize(3).last().isEqualTo("Really?");
        assertThat(sessions()).isEqualTo(2);
    }

    @Test
    void instructionsOfTheCallerAreToldOnce() throws Exception {
        model.says("Oui.").says("Non.");
        ArrayNode one = Json.MAPPER.createArrayNode();
        one.addObject().put("role", "system").put("content", "Speak French.");
        one.addAll(messages("Yes?"));
        send(request(one));
        ArrayNode two = one.deepCopy();
        two.addObject().put("role", "assistant").put("content", "Oui.");
        two.addObject().put("role", "user").put("content", "No?");
        send(request(two));

        assertThat(shown(1)).containsExactly("Instructions of the caller:\nSpeak French.\n\nYes?", "Oui.", "No?");
        assertThat(sessions()).isEqualTo(1);
    }

    @Test
    void theCallersToolsAreRunByTheCaller() throws Exception {
        model.turn(turn -> turn.says("Let me see.").calls("get_weather", "{\"city\":\"Oslo\"}"))
                .says("It rains.");
        ArrayNode messages = messages("Weather?");
        ObjectNode body = request(messages);
        body.set("tools", Json.MAPPER.readTree(WEATHER));

        JsonNode called = answer(body);

        assertThat(called.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("tool_calls");
        JsonNode call = message(called).path("tool_calls").path(0);
        assertThat(call.path("function").path("name").asString()).isEqualTo("get_weather");
        assertThat(call.path("function").path("arguments").asString()).isEqualTo("{\"city\":\"Oslo\"}");
        messages.add(message(called));
        assertThat(send(body).statusCode()).isEqualTo(400);
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", call.path("id").asString())
                .put("content", "{\"sky\":\"rain\"}");

        assertThat(text(answer(body))).isEqualTo("It rains.");
        assertThat(sessions()).isEqualTo(1);
        assertThat(offered(1)).contains("get_weather");
        messages.addObject().put("role", "assistant").put("content", "It rains.");
        messages.addObject().put("role", "user").put("content", "Thanks.");
        body.remove("tools");
        model.says("Welcome.");
        assertThat(text(answer(body))).isEqualTo("Welcome.");
        assertThat(sessions()).isEqualTo(1);
        assertThat(offered(2)).doesNotContain("get_weather");
    }

    private List<String> offered(int request) {
        ModelRequest asked = model.requests().get(request);
        return asked.tools().stream().map(ToolSpec::name).toList();
    }

    @Test
    void callsOfOneReplyComeTogetherInAStreamAsWell() throws Exception {
        model.turn(
                turn -> turn.calls("get_weather", "{\"city\":\"Oslo\"}").calls("get_weather", "{\"city\":\"Rome\"}"));
        ObjectNode body = request(messages("Weather?"));
        body.set("tools", Json.MAPPER.readTree(WEATHER));

        List<JsonNode> pieces = pieces(body);

        JsonNode calls = pieces.get(1).path("choices").path(0).path("delta").path("tool_calls");
        assertThat(calls).hasSize(2);
        assertThat(calls.path(1).path("index").asInt()).isEqualTo(1);
        assertThat(pieces.getLast()
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asString())
                .isEqualTo("tool_calls");
    }

    @Test
    void dwatasToolsAreRunHere() throws Exception {
        model.turn(turn -> turn.says("One moment.").calls("test.echo", "{\"text\":\"x\"}"))
                .says("Done.");

        assertThat(text(answer(request(messages("Echo."))))).isEqualTo("One moment.\n\nDone.");
    }

    @Test
    void aFormOfTheAnswerIsKept() throws Exception {
        model.says("{\"city\":\"Oslo\"}");
        ObjectNode body = request(messages("Where?"));
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "place")
                .putObject("schema")
                .put("type", "object")
                .putArray("required")
                .add("city");

        assertThat(text(answer(body))).isEqualTo("{\"city\":\"Oslo\"}");
    }

    @Test
    void anImageIsAttached() throws Exception {
        model.says("Red.");
        String png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
        ArrayNode messages = Json.MAPPER.createArrayNode();
        ArrayNode parts = messages.addObject().put("role", "user").putArray("content");
        parts.addObject().put("type", "text").put("text", "Which colour?");
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", "data:image/png;base64," + png);

        HttpResponse<String> response = send(request(messages));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        SessionId session =
                new SessionId(response.headers().firstValue("X-Dwata-Session").orElseThrow());
        assertThat(gateway.runtime
                        .session(session)
                        .history(1 + 1, null)
                        .messages()
                        .getFirst()
                        .parts())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'messages':[]} | model | 404 | model is required",
                "{'model':'nobody','messages':[U]} | model | 404 | nobody",
                "{'model':'default'} | messages | 400 | messages must be a list",
                "{'model':'default','messages':[{'role':'cat'}]} | messages[0].role | 400 | role must be",
                "{'model':'default','messages':[{'role':'assistant'}]} | messages | 400 | the last",
                "{'model':'default','n':2,'messages':[U]} | n | 400 | n must be 1",
                "{'model':'default','stream':1,'messages':[U]} | stream | 400 | stream must be",
                "{'model':'default','tools':[T],'messages':[U]} | tools | 400 | dwata's own",
            })
    void whatIsWrongIsNamed(String body, String param, int status, String message) throws Exception {
        String whole = body.replace("U", "{'role':'user','content':'x'}")
                .replace("T", "{'type':'function','function':{'name':'test.echo'}}");
        HttpResponse<String> response = send((ObjectNode) Json.MAPPER.readTree(whole.replace("'", "\"")));

        JsonNode error = Json.MAPPER.readTree(response.body()).path("error");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error.path("param").asString()).isEqualTo(param);
        assertThat(error.path("message").asString()).contains(message);
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").asString()).isEqualTo(status == 404 ? "model_not_found" : "invalid_request");
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void aFailureIsSaidInTheFormOfTheDoor() throws Exception {
        model.fails(new AgentError.ModelUnavailable("busy", Duration.ofMillis(1_200)));
        HttpResponse<String> refused = send(request(messages("Hi.")));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("x-should-retry")).hasValue("true");
        assertThat(refused.headers().firstValue("retry-after")).hasValue("2");

        model.fails(new AgentError.ModelRejected("no such thing", 400));
        List<JsonNode> pieces = pieces(request(messages("Hi.")));

        assertThat(pieces.getLast().path("error").path("message").asString()).contains("no such thing");
        assertThat(pieces.getLast().path("error").path("code").asString()).isEqualTo("model_rejected");
    }

    @Test
    void whatHasActedIsNotRepeated() throws Exception {
        model.calls("test.echo", "{\"text\":\"x\"}").fails(new AgentError.ModelUnavailable("busy", null));

        assertThat(send(request(messages("Hi."))).headers().firstValue("x-should-retry"))
                .hasValue("false");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoGoesAwayDoesNotWantTheAnswer(boolean stream) throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate));
        Thread client = Thread.ofVirtual().start(() -> {
            try (InputStream body = http.send(
                            post(request(messages("Hi.")).put("stream", stream)),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                body.readAllBytes();
            } catch (Exception e) {
                assertThat(e).isNotNull();
            }
        });
        gate.awaitArrival();

        client.interrupt();
        http.shutdownNow();

        SessionId session = gateway.runtime
                .sessions(SessionQuery.latest(1))
                .sessions()
                .getFirst()
                .id();
        TestGateway.eventually(
                "the run is cancelled",
                () -> gateway.store.runs().list(session, 1).getFirst().status() == RunStatus.CANCELLED);
    }
}
