package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tools that clients register and carry out.
@Timeout(60)
class ClientToolsTest {
    private static final Map<String, Object> NOTIFY = Map.of(
            "name",
            "notify",
            "description",
            "Shows a notification.",
            "parameters",
            Map.of("type", "object"),
            "timeoutMs",
            20_000);

    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private TestGateway gateway;

    private void start(Store store) {
        gateway = TestGateway.over(
                AgentRuntime.builder().tools(List.of(TestTools.echo())).policy(ToolPolicy.asking()), model, store);
    }

    @BeforeEach
    void start() {
        start(new InMemoryStore());
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static JsonNode payload(JsonNode event) {
        return event.path("payload");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /// A client in a session of its own that has registered `notify`.
    private Client holder(Object... connectParams) {
        Client client = gateway.client(connectParams);
        client.call("sessions.new");
        client.call("tools.register", "tools", List.of(NOTIFY));
        return client;
    }

    private void notifies() {
        model.calls("notify", "{\"title\":\"Hi\"}").says("Shown.");
    }

    /// Has the model call the tool.
    ///
    /// @return the payload of the event `input_request`
    private static JsonNode called(Client client) {
        client.call("agent", "message", "Tell them.");
        return payload(client.event("input_request"));
    }

    private List<String> offeredLast() {
        ModelRequest last = model.requests().getLast();
        return last.tools().stream().map(ToolSpec::name).toList();
    }

    private List<String> names(String session, String client) {
        return gateway.runtime.clientTools().names(new SessionId(session), client);
    }

    @Test
    void theModelCallsAToolOfTheClientAsLongAsItIsThere_S2_101() {
        notifies();
        model.says("Nobody is there.");
        Client client = holder("clientId", "tab");
        JsonNode asked = called(client);
        String session = text(asked, "sessionId");
        assertThat(text(asked, "kind")).isEqualTo("client_tool");
        assertThat(text(asked, "toolName")).isEqualTo("notify");
        assertThat(text(asked, "target")).isEqualTo("tab");
        assertThat(asked.path("arguments")).isEqualTo(Client.params("title", "Hi"));
        assertThat(asked.path("timeoutMs").asLong()).isEqualTo(20_000);

        client.call("input.respond", "requestId", text(asked, "requestId"), "result", Map.of("shown", 1));

        JsonNode result = payload(client.event("tool_result"));
        assertThat(result.path("result")).isEqualTo(Json.MAPPER.readTree("{\"success\":true,\"shown\":1}"));
        client.event("final");
        assertThat(offeredLast()).containsExactly("test.echo", "notify");
        client.close();
        TestGateway.eventually("its tools are gone", () -> names(session, "tab").isEmpty());
        Client other = gateway.client("clientId", "other", "sessionId", session);
        other.call("agent", "message", "Again.");
        other.event("final");
        assertThat(offeredLast()).containsExactly("test.echo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"success\":true,\"data\":{\"shown\":2}} | {\"success\":true,\"shown\":2}",
                "{\"success\":true} | {\"success\":true}",
                "{\"result\":\"done\"} | {\"success\":true,\"result\":\"done\"}",
                "{\"result\":null} | {\"success\":true,\"result\":null}",
                "{\"success\":false,\"error\":\"no chat UI\"} | {\"success\":false,\"error\":\"no chat UI\"}",
                "{\"success\":false,\"data\":{\"error\":\"asleep\"}} | {\"success\":false,\"error\":\"asleep\"}",
                "{\"success\":false} | {\"success\":false,\"error\":\"the client gave no reason\"}",
                "{\"error\":\"no\"} | {\"success\":false,\"error\":\"no\"}",
            })
    void anyFormOfAnswerIsTheResult_S2_102_S2_103_S2_113(String answer, String result) {
        notifies();
        Client client = holder();
        JsonNode asked = called(client);
        ObjectNode params = (ObjectNode) Json.MAPPER.readTree(answer);

        JsonNode response = client.respond("tool.respond", params.put("requestId", text(asked, "requestId")));

        assertThat(response.path("ok").asBoolean()).as(response.toString()).isTrue();
        assertThat(payload(client.event("tool_result")).path("result")).isEqualTo(Json.MAPPER.readTree(result));
        client.event("final");
    }

    @Test
    void aLateOrSecondAnswerIsToldWhoWasFirst_S2_104_S2_105() {
        notifies();
        Client client = holder("clientId", "tab");
        JsonNode asked = called(client);
        Client other = gateway.client("clientId", "other", "sessionId", text(asked, "sessionId"));
        other.call("input.respond", "requestId", text(asked, "requestId"), "result", 1);

        JsonNode late = client.refused("input.respond", "requestId", text(asked, "requestId"), "result", 2);

        assertThat(text(late, "code")).isEqualTo("ALREADY_RESOLVED");
        assertThat(late.path("details")).isEqualTo(Client.params("decision", "answered", "by", "local/other"));
        assertThat(payload(client.event("tool_result"))
                        .path("result")
                        .path("result")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void nobodyAnswersInTimeAndTheRunGoesOn_S2_104_S2_114() {
        notifies();
        Client client = gateway.client();
        client.call("sessions.new");
        client.call(
                "tools.register",
                "tools",
                List.of(Map.of("name", "notify", "description", "Shows.", "timeoutMs", 1_000)));
        JsonNode asked = called(client);

        assertThat(text(payload(client.event("input_resolved")), "decision")).isEqualTo("expired");
        assertThat(text(payload(client.event("tool_result")), "error")).isEqualTo("no client answered within 1 s");
        client.event("final");
        JsonNode late = client.refused("tool.respond", "requestId", text(asked, "requestId"), "success", true);
        assertThat(text(late, "code")).isEqualTo("ALREADY_RESOLVED");
        assertThat(client.call("input.list").path("inputs")).isEmpty();
    }

    @Test
    void aClientThatComesBackAnswersWhatItWasAskedBefore() {
        notifies();
        Client before = holder("clientId", "tab");
        JsonNode asked = called(before);
        before.close();
        String session = text(asked, "sessionId");
        TestGateway.eventually("it is gone", () -> names(session, "tab").isEmpty());
        Client after = gateway.open();
        JsonNode pending =
                after.connect("clientId", "tab", "sessionId", session).path("pendingInputs");
        assertThat(text(pending.path(0), "requestId")).isEqualTo(text(asked, "requestId"));

        after.call("input.respond", "requestId", text(asked, "requestId"), "result", Map.of());

        assertThat(text(payload(after.event("final")), "content")).isEqualTo("Shown.");
    }

    @Test
    void aCallThatWaitsWhenTheGatewayEndsIsAnsweredAtTheNextWithoutRegistering_P12() {
        gateway.close();
        start(SqliteStore.open(directory.resolve("db.sqlite3")));
        model.byConversation();
        notifies();
        JsonNode asked = called(holder("clientId", "tab"));
        gateway.close();
        start(SqliteStore.open(directory.resolve("db.sqlite3")));
        Client after = gateway.client("clientId", "tab", "sessionId", text(asked, "sessionId"), "afterSeq", 0);

        after.call("input.respond", "requestId", text(asked, "requestId"), "result", Map.of("shown", 1));

        List<JsonNode> events = after.eventsTo("final");
        assertThat(events.stream().filter(event -> Client.name(event).equals("input_request")))
                .hasSize(1);
        assertThat(events.stream().filter(event -> Client.name(event).equals("tool_result")))
                .singleElement()
                .satisfies(event -> assertThat(
                                payload(event).path("result").path("shown").asInt())
                        .isEqualTo(1));
    }

    @Test
    void toolsStayUntilTheLastConnectionOfTheirClientLeavesTheSession() {
        Client first = holder("clientId", "tab");
        String session = text(payload(first.event("presence")), "sessionId");
        Client second = gateway.client("clientId", "tab", "sessionId", session);
        Client other = gateway.client("clientId", "other", "sessionId", session);
        other.call("tools.register", "tools", List.of(NOTIFY));
        first.close();
        TestGateway.eventually(
                "one is gone",
                () -> second.call("status")
                                .path("gateway")
                                .path("activeConnections")
                                .asInt()
                        == 2);
        assertThat(names(session, "tab")).containsExactly("notify");

        second.call("sessions.detach", "sessionId", session);

        TestGateway.eventually("its tools are gone", () -> names(session, "tab").isEmpty());
        assertThat(names(session, "other")).containsExactly("notify");
        other.call("sessions.new");
        TestGateway.eventually("all are gone", () -> names(session, "other").isEmpty());
    }

    @Test
    void whatIsTakenBackIsNotOffered() {
        Client client = holder("clientId", "tab");
        String session = text(payload(client.event("presence")), "sessionId");
        assertThat(client.call(
                        "tools.register",
                        "tools",
                        List.of(
                                Map.of("name", "ask", "description", "Asks."),
                                Map.of("name", "form", "description", "Shows a form."))))
                .isEqualTo(Client.params("sessionId", session, "tools", List.of("notify", "ask", "form")));

        assertThat(client.call("tools.unregister", "tools", List.of("ask", "unknown"))
                        .path("tools"))
                .isEqualTo(Json.MAPPER.valueToTree(List.of("notify", "form")));
        assertThat(client.call("tools.unregister", "tools", List.of(NOTIFY)).path("tools"))
                .isEqualTo(Json.MAPPER.valueToTree(List.of("form")));
        assertThat(client.call("tools.unregister").path("tools")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | tools is required",
                "{\"tools\":[7]} | tools[0] must be an object, not an integer",
                "{\"tools\":[{\"description\":\"x\"}]} | tools[0].name is required",
                "{\"tools\":[{\"name\":\"a\"}]} | tools[0].description is required",
                "{\"tools\":[{\"name\":\"a b\",\"description\":\"x\"}]} | tool name 'a b' must be words",
                "{\"tools\":[{\"name\":\"a\",\"description\":\"x\",\"parameters\":[]}]} | tool 'a': its parameters",
                "{\"tools\":[{\"name\":\"a\",\"description\":\"x\",\"timeoutMs\":5}]} | tool 'a': its time must be",
                "{\"tools\":[{\"name\":\"a\",\"description\":\"x\"},{\"name\":\"a\",\"description\":\"y\"}]} "
                        + "| tools[1].name: 'a' is there twice",
                "{\"tools\":[{\"name\":\"Test.Echo\",\"description\":\"x\"}]} | is a tool of dwata's own",
            })
    void aToolThatIsNoneIsRefusedAndNoneIsOffered(String params, String says) {
        Client client = gateway.client("clientId", "tab");
        String session = text(client.call("sessions.new"), "sessionId");
        ObjectNode given = (ObjectNode) Json.MAPPER.readTree(params);

        assertThat(text(client.respond("tools.register", given), "error")).contains(says);
        assertThat(names(session, "tab")).isEmpty();
    }

    @Test
    void toolsNeedASessionOfTheirOwn() {
        Client client = gateway.client();
        assertThat(text(client.refused("tools.register", "tools", List.of(NOTIFY)), "error"))
                .startsWith("sessionId is required");
        String unknown = "01890000-0000-7000-8000-000000000000";
        assertThat(text(client.refused("tools.register", "tools", List.of(NOTIFY), "sessionId", unknown), "code"))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void whoRegistersInAnotherSessionFollowsIt() {
        notifies();
        Client asker = gateway.client();
        String session = text(asker.call("sessions.new"), "sessionId");
        Client holder = gateway.client("clientId", "tab");
        holder.call("tools.register", "tools", List.of(NOTIFY), "sessionId", session);
        asker.call("agent", "message", "Tell them.");

        JsonNode asked = payload(holder.event("input_request"));
        holder.call("tool.respond", "requestId", text(asked, "requestId"), "success", true);

        asker.event("final");
        assertThat(asker.call("sessions.delete", "sessionId", session).isObject())
                .isTrue();
        TestGateway.eventually("its tools are gone", () -> names(session, "tab").isEmpty());
    }
}
