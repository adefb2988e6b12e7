package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.mcp.McpOffer;
import dev.dwata.types.AgentError;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionInfo;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Agents that others have written, over the official SDK's client: S2-21, S2-32, S2-34.
@Timeout(60)
class McpDoorTest {
    private final ScriptedModel model = new ScriptedModel();
    private final InMemoryStore store = new InMemoryStore();
    private final LocalRuntime runtime = AgentRuntime.builder()
            .models(model.asModels())
            .store(store)
            .policy(ToolPolicy.asking())
            .tools(List.of(TestTools.echo(), send()))
            .build();
    private final Gateway gateway = Gateway.start(
            GatewayConfig.of("0.1.1")
                    .withPort(0)
                    .withMcp(McpOffer.of(List.of("test.*")))
                    .withCallers(McpDoorTest::caller),
            runtime,
            store,
            model.asModels());
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> told = new CopyOnWriteArrayList<>();

    record Text(String text) {}

    private static Tool send() {
        return Tool.of(
                new ToolSpec.Head("test.send", "Sends the text.", Effect.ONCE, Approval.CONFIRM),
                Text.class,
                (arguments, context) -> ToolOutcome.success(Map.of("sent", arguments.text())));
    }

    private static Caller caller(String token) {
        return switch (String.valueOf(token)) {
            case "bob" -> new Caller(new Principal("bob"), Set.of(Scope.values()), "t2");
            case "reader" -> new Caller(Principal.LOCAL, Set.of(Scope.READ), "t3");
            default -> Caller.ANYBODY;
        };
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        gateway.close();
        runtime.close();
    }

    private McpSyncClient client(String token) {
        McpSyncClient client = McpClient.sync(transport(token))
                .progressConsumer(progress -> told.add(String.valueOf(progress.message())))
                .build();
        client.initialize();
        return client;
    }

    private HttpClientStreamableHttpTransport transport(String token) {
        return HttpClientStreamableHttpTransport.builder(gateway.url().toString())
                .addHttpRequestCustomizer((request, method, target, body, context) ->
                        request.setHeader("Authorization", "Bearer " + token))
                .build();
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(CallToolRequest.builder(tool)
                .arguments(arguments)
                .progressToken("p")
                .build());
    }

    private static String text(CallToolResult result) {
        return ((McpSchema.TextContent) result.content().getFirst()).text();
    }

    private static String about(CallToolResult result, String key) {
        return String.valueOf(((Map<?, ?>) result.structuredContent()).get(key));
    }

    @Test
    void anAgentIsAskedAndAskedAgain() {
        model.says("Hello.").says("Again.");
        try (McpSyncClient client = client("me")) {
            CallToolResult first = call(client, "ask_agent", Map.of("message", "Hi."));
            assertThat(text(first)).isEqualTo("Hello.");
            assertThat(told).contains("thinking");

            CallToolResult second =
                    call(client, "ask_agent", Map.of("message", "And now?", "session_id", about(first, "session_id")));

            assertThat(text(second)).isEqualTo("Again.");
            assertThat(model.requests().getLast().messages()).hasSize(3);
            assertThat(text(call(client, "read_session", Map.of("session_id", about(first, "session_id")))))
                    .contains("Hi.", "Again.");
            assertThat(text(call(client, "list_sessions", Map.of()))).contains(about(first, "session_id"));
            assertThat(text(call(client, "search_sessions", Map.of("query", "Hello"))))
                    .contains("Hello");
            assertThat(text(call(client, "list_agents", Map.of()))).contains("default");
            McpSchema.ReadResourceResult read = client.readResource(
                    McpSchema.ReadResourceRequest.builder("dwata://session/" + about(first, "session_id"))
                            .build());
            assertThat(read.contents().getFirst().toString()).contains("And now?");
        }
    }

    @Test
    void anotherSeesNothingOfIt() {
        model.says("Mine.");
        try (McpSyncClient mine = client("me");
                McpSyncClient bobs = client("bob")) {
            String session = about(call(mine, "ask_agent", Map.of("message", "Hi.")), "session_id");

            assertThat(text(call(bobs, "list_sessions", Map.of()))).doesNotContain(session);
            CallToolResult refused = call(bobs, "read_session", Map.of("session_id", session));
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("no session");
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        model.fails(new AgentError.ModelRejected("no such model", 404));
        try (McpSyncClient client = client("me");
                McpSyncClient reader = client("reader")) {
            assertThat(text(call(client, "ask_agent", Map.of("message", "Hi."))))
                    .contains("no such model");
            assertThat(text(call(client, "ask_agent", Map.of("message", "Hi.", "agent", "nobody"))))
                    .contains("nobody");
            assertThat(text(call(client, "read_session", Map.of("session_id", "x"))))
                    .contains("sessionId");
            assertThat(text(call(reader, "ask_agent", Map.of("message", "Hi."))))
                    .contains("the scope run");
            assertThat(call(reader, "list_sessions", Map.of()).isError()).isFalse();
        }
    }

    @Test
    void chosenToolsAreCalledDirectly_S3_77_S3_105() {
        try (McpSyncClient client = client("me")) {
            assertThat(client.listTools().tools().stream().map(McpSchema.Tool::name))
                    .contains("ask_agent", "test__echo", "test__send");

            CallToolResult result = call(client, "test__echo", Map.of("text", "x"));

            assertThat(about(result, "text")).isEqualTo("x");
            assertThat(model.requests()).isEmpty();
            call(client, "test__echo", Map.of("text", "y"));
            List<SessionInfo> sessions =
                    runtime.sessions(SessionQuery.latest(10)).sessions();
            assertThat(sessions).hasSize(1);
            assertThat(sessions.getFirst().contextType()).isEqualTo("mcp");
        }
    }

    @Test
    void aPersonAtTheCallerIsAsked() {
        try (McpSyncClient client = McpClient.sync(transport("me"))
                .capabilities(
                        McpSchema.ClientCapabilities.builder().elicitation().build())
                .elicitation(asked -> {
                    told.add(asked.message());
                    return new ElicitResult(ElicitResult.Action.ACCEPT, Map.of("decision", "approve"));
                })
                .build()) {
            client.initialize();

            assertThat(about(call(client, "test__send", Map.of("text", "x")), "sent"))
                    .isEqualTo("x");
            assertThat(told).anyMatch(message -> message.contains("May test.send be called"));
        }
    }

    @Test
    void whereNobodyCanBeAskedAnotherClientAnswers() throws Exception {
        try (McpSyncClient client = client("me")) {
            CompletableFuture<CallToolResult> result = CompletableFuture.supplyAsync(
                    () -> call(client, "test__send", Map.of("text", "x")),
                    task -> Thread.ofVirtual().start(task));
            TestGateway.eventually("it is asked", () -> !runtime.inputs(null).isEmpty());
            runtime.respond(runtime.inputs(null).getFirst().id(), new InputResponse.Reject("not now"));

            assertThat(text(result.get())).contains("not now");
            assertThat(result.get().isError()).isTrue();
            assertThat(told).anyMatch(message -> message.contains("waits for approval of test.send"));
        }
    }

    private HttpRequest.Builder request(String session, String body) {
        return HttpRequest.newBuilder(URI.create(gateway.url() + "/mcp"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Mcp-Session-Id", session)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private String begin() throws Exception {
        HttpRequest initialize = HttpRequest.newBuilder(URI.create(gateway.url() + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                                        + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}"))
                .build();
        return http.send(initialize, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    @Test
    void aCallThatIsCancelledStopsItsRun() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate));
        String session = begin();
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request(
                                session,
                                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"ask_agent\","
                                        + "\"arguments\":{\"message\":\"Hi.\"}}}")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        gate.awaitArrival();

        HttpResponse<String> taken = http.send(
                request(
                                session,
                                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(answer.get().body()).contains("the run was cancelled");
        SessionInfo info = runtime.sessions(SessionQuery.latest(1)).sessions().getFirst();
        assertThat(store.runs().list(info.id(), 1).getFirst().status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aSessionOfTheProtocolIsItsOwnersAlone() throws Exception {
        String session = begin();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}";

        HttpResponse<String> others = http.send(
                request(session, ping).header("Authorization", "Bearer bob").build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(http.send(request(session, ping).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoMessageIsRefusedWithoutATrace() throws Exception {
        HttpResponse<String> response =
                http.send(request(begin(), "{\"x\":").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode body = Json.MAPPER.readTree(response.body());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("jsonrpc", "id", "error");
        assertThat(body.path("error").path("code").isNumber()).isTrue();
    }
}
