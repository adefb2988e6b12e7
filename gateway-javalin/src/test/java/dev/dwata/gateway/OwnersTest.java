package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.gateway.auth.BearerToken;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.auth.TokenCallers;
import dev.dwata.gateway.http.RouteTable.Route;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// F7, F8, on every door: Bob, who has all scopes, knows all ids of what is Ada's, and gets nothing of it.
@Timeout(120)
class OwnersTest {
    private static final Principal ADA = new Principal("ada");
    private static final Principal BOB = new Principal("bob");
    private static final Set<String> ALL =
            Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.toSet());

    /// Is in everything that is Ada's, and in nothing that Bob sends.
    private static final String SECRET = "Zanzibar";

    private static final String JSON = "application/json";
    private static final String HELLO = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
            "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final ScriptedModel model = new ScriptedModel();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Client> clients = new ArrayList<>();

    /// Ada's ids by what they are of.
    private final Map<String, String> ids = new LinkedHashMap<>();

    private Store store;
    private LocalRuntime runtime;
    private Gateway gateway;
    private String ada;
    private String bob;
    private String reader;

    private record Text(String text) {}

    private static Tool send() {
        return Tool.of(
                new ToolSpec.Head("test.send", "Sends the text.", Effect.ONCE, Approval.CONFIRM),
                Text.class,
                (arguments, context) -> ToolOutcome.success(Map.of("sent", arguments.text())));
    }

    private Tool slow() {
        return Tool.of(
                new ToolSpec.Head("test.slow", "Never ends by itself.", Effect.ONCE, Approval.AUTO),
                Text.class,
                (arguments, context) -> {
                    context.progress().report(0.25, arguments.text());
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return ToolOutcome.success(Map.of());
                });
    }

    @BeforeEach
    void start() throws Exception {
        store = new InMemoryStore();
        runtime = AgentRuntime.builder()
                .tools(List.of(send(), slow()))
                .policy(ToolPolicy.asking())
                .models(model.asModels())
                .store(store)
                .build();
        gateway = Gateway.start(
                GatewayConfig.of("0.1.1").withPort(0).withCallers(new TokenCallers(store.tokens())),
                runtime,
                store,
                model.asModels());
        ada = token(ADA, ALL);
        bob = token(BOB, ALL);
        reader = token(ADA, Set.of("read"));
        sessions();
        things();
        chats();
        for (int i = 0; i < 12; i++) {
            model.says("Fine.");
        }
    }

    @AfterEach
    void stop() {
        clients.forEach(Client::close);
        http.shutdownNow();
        gateway.close();
        runtime.close();
        store.close();
    }

    private String token(Principal owner, Set<String> scopes) {
        BearerToken token = BearerToken.create();
        store.tokens().add(new NewToken(token.secret(), owner, "", scopes, null, null));
        return token.reveal();
    }

    private Client client(String token, Object... params) {
        Client client = new Client(gateway.port());
        clients.add(client);
        List<Object> all = new ArrayList<>(List.of("token", token));
        all.addAll(List.of(params));
        client.connect(all.toArray());
        return client;
    }

    private HttpResponse<String> ask(String token, String method, String path, @Nullable String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!Arrays.asList(headers).contains("Content-Type")) {
            request.header("Content-Type", JSON);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode made(String method, String path, String body, String... headers) throws Exception {
        HttpResponse<String> made = ask(ada, method, path, body, headers);
        assertThat(made.statusCode()).as(made.body()).isIn(200, 201);
        return Json.MAPPER.readTree(made.body().isEmpty() ? "{}" : made.body());
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asString("");
        assertThat(text).as(field + " of " + node).isNotEmpty();
        return text;
    }

    /// One session waits for an approval, the other for a tool.
    private void sessions() throws Exception {
        model.calls("test.send", "{\"text\":\"" + SECRET + "\"}");
        Client client = client(ada, "clientName", SECRET, "clientId", "tab-of-ada");
        ids.put("session", text(client.call("sessions.new", "title", SECRET), "sessionId"));
        client.call(
                "tools.register",
                "tools",
                List.of(Map.of("name", "shout", "description", SECRET, "parameters", Map.of("type", "object"))));
        ids.put("run", text(client.call("agent", "message", SECRET), "runId"));
        JsonNode waits = client.event("input_request").path("payload");
        ids.put("input", text(waits, "requestId"));
        client.call("presence.update", "state", Map.of("currentTask", SECRET));
        client.call("memory.set", "key", "fact-of-ada", "value", SECRET);

        model.calls("test.slow", "{\"text\":\"" + SECRET + "\"}");
        Client other = client(ada);
        ids.put("busySession", text(other.call("sessions.new", "title", SECRET), "sessionId"));
        ids.put("busyRun", text(other.call("agent", "message", SECRET), "runId"));
        begun.await();
        ids.put("process", text(other.call("processes.list").path("processes").path(0), "processId"));
    }

    private void things() throws Exception {
        String uri = text(made("POST", "/api/v1/attachments", SECRET, "Content-Type", "text/plain"), "uri");
        ids.put("attachment", uri.substring(uri.indexOf(':') + 1));
        String clip = "{\"kind\":\"clip\",\"title\":\"" + SECRET + "\",\"content\":{\"code\":\"" + SECRET + "\"}}";
        ids.put("item", text(made("POST", "/api/v1/items", clip), "id"));
        made("PUT", "/v1/stream/of-ada/notes", SECRET, "Content-Type", "text/plain");
        made("PUT", "/v1/stream/of-ada/wakes", "[]");
        made(
                "PUT",
                "/v1/stream/__ds/subscriptions/sub-of-ada",
                "{\"type\":\"pull-wake\",\"streams\":[\"of-ada/notes\"],\"wake_stream\":\"of-ada/wakes\"}");
        ids.put("stream", "of-ada/notes");
        ids.put("subscription", "sub-of-ada");
    }

    private static String completion(String messages) {
        return """
                {"model":"default","messages":%s,"tools":[{"type":"function","function":{"name":"get_weather",\
                "description":"x","parameters":{"type":"object"}}}]}""".formatted(messages);
    }

    private void chats() throws Exception {
        model.calls("test.send", "{\"text\":\"" + SECRET + "\"}");
        HttpResponse<String> chat = ask(
                ada,
                "POST",
                "/api/ai/chat",
                Chat.input("thread-of-ada", "name-of-ada", SECRET).toString());
        ids.put(
                "interrupt",
                Chat.events(chat.body())
                        .getLast()
                        .data()
                        .at("/outcome/interrupts/0/id")
                        .asString());
        ids.put("thread", "thread-of-ada");
        ids.put("name", "name-of-ada");

        model.calls("get_weather", "{\"city\":\"" + SECRET + "\"}");
        JsonNode completion = made(
                "POST", "/v1/chat/completions", completion("[{\"role\":\"user\",\"content\":\"" + SECRET + "\"}]"));
        ids.put("call", completion.at("/choices/0/message/tool_calls/0/id").asString());

        ids.put("mcp", mcp(ada, HELLO).headers().firstValue("Mcp-Session-Id").orElseThrow());
        assertThat(ids.values()).doesNotContain("").doesNotHaveDuplicates();
    }

    private HttpResponse<String> mcp(String token, String message, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Accept", "application/json, text/event-stream"));
        all.addAll(List.of(headers));
        return ask(token, "POST", "/mcp", message, all.toArray(String[]::new));
    }

    /// What Bob hears has nothing in it that he has not said himself.
    private void checkNothingOfAdas(String sent, String heard) {
        assertThat(heard.toLowerCase(Locale.ROOT)).as(sent).doesNotContain(SECRET.toLowerCase(Locale.ROOT));
        for (String id : ids.values()) {
            if (!sent.contains(id)) {
                assertThat(heard).as(sent).doesNotContain(id);
            }
        }
    }

    /// @return the status
    private int bobs(String method, String path, @Nullable String body, String... headers) throws Exception {
        HttpResponse<String> answer = ask(bob, method, path, body, headers);
        String sent = method + " " + path + " " + body + " " + Arrays.toString(headers);
        checkNothingOfAdas(sent, answer.body() + answer.headers().map());
        assertThat(answer.statusCode()).as(sent).isLessThan(500);
        return answer.statusCode();
    }

    /// What is Ada's, as she sees it.
    private String adas() throws Exception {
        StringBuilder all = new StringBuilder();
        List<String> paths = new ArrayList<>(List.of("/api/v1/sessions", "/api/v1/inputs", "/api/v1/memory"));
        paths.addAll(List.of("/api/v1/items", "/v1/stream/of-ada/notes", "/v1/stream/of-ada/wakes"));
        paths.addAll(List.of("/api/v1/usage", "/v1/stream/__ds/subscriptions/sub-of-ada", "/api/v1/processes"));
        paths.add("/api/v1/attachments/" + ids.get("attachment"));
        paths.add("/api/v1/memory/fact-of-ada");
        for (String session : List.of("session", "busySession")) {
            for (String part : List.of("/messages", "/runs", "/tool-calls", "/inputs")) {
                paths.add("/api/v1/sessions/" + ids.get(session) + part);
            }
            paths.add("/v1/stream/ai-chat/" + ids.get(session));
        }
        for (String path : paths) {
            HttpResponse<String> answer = ask(ada, "GET", path, null);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            all.append(path).append(' ').append(answer.body()).append('\n');
        }
        return all.toString();
    }

    private String of(String name) {
        return String.valueOf(ids.get(name));
    }

    @Test
    void everyRouteKeepsWhatIsAnothersToItself() throws Exception {
        String before = adas();
        String body = """
                {"message":"Hi","title":"Mine","decision":"approve","content":{"code":"x"},"value":"mine","kind":"clip",\
                "type":"pull-wake","streams":["mine/notes"],"wake_stream":"mine/wakes","worker":"w"}""";
        List<String> own = List.of("memory/<key>", "subscriptions/{id}", "/v1/stream/<path>", "/web/", "/v1/models/");
        for (Route route : gateway.routes()) {
            if (route.scope() == null || route.path().endsWith("/chat")) {
                continue; // open, or below
            }
            String change = route.method().equals("PATCH") ? "application/merge-patch+json" : JSON;
            for (String id : route.path().matches(".*[{<].*") ? ids.values() : List.of("")) {
                String path = route.path().replaceAll("[{<][^}>]*[}>]", id);
                boolean sends = Set.of("POST", "PUT", "PATCH").contains(route.method());
                int status = bobs(route.method(), path, sends ? body : null, "Content-Type", change);
                if (!id.isEmpty() && own.stream().noneMatch(route.path()::contains)) {
                    assertThat(status).as(route.method() + " " + path).isIn(307, 400, 404);
                }
            }
        }
        for (String part : List.of("", "/messages", "/runs", "/tool-calls", "/inputs", "/events", "/files")) {
            assertThat(bobs("GET", "/api/v1/sessions/" + of("session") + part, null))
                    .isEqualTo(404);
        }
        String session = "sessionId=" + of("session");
        for (String path : List.of("inputs?", "memory?", "processes?", "status?", "search/memory?query=a&")) {
            assertThat(bobs("GET", "/api/v1/" + path + session, null)).as(path).isEqualTo(404);
        }
        for (String path : List.of("inputs", "memory", "processes", "items", "sessions", "usage?by=session")) {
            assertThat(bobs("GET", "/api/v1/" + path, null)).as(path).isEqualTo(200);
        }
        String word = "?query=" + SECRET;
        for (String path : List.of("sessions", "search", "search/memory", "items")) {
            checkNothingOfAdas(
                    path, ask(bob, "GET", "/api/v1/" + path + word, null).body().replace(SECRET, ""));
        }
        assertThat(adas()).isEqualTo(before);
    }

    /// Parameters that fit every method, of what is Ada's.
    private JsonNode knowingAll() {
        return Json.MAPPER
                .createObjectNode()
                .put("sessionId", of("session"))
                .put("runId", of("run"))
                .put("requestId", of("input"))
                .put("processId", of("process"))
                .put("itemId", of("item"))
                .put("key", "fact-of-ada")
                .put("value", "mine")
                .put("message", "Hi")
                .put("title", "Mine")
                .put("decision", "approve")
                .put("query", "a")
                .put("kind", "clip")
                .setAll(Client.params(
                        "tools",
                        List.of(Map.of("name", "peek", "description", "x")),
                        "state",
                        Map.of("typing", true),
                        "content",
                        Map.of("code", "x")));
    }

    @Test
    void everyMethodKeepsWhatIsAnothersToItself() throws Exception {
        Client client = client(bob, "clientId", "tab-of-ada");
        String before = adas();
        assertThat(client.call("status")
                        .path("gateway")
                        .path("activeConnections")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.call("status").path("gateway").path("activeSessions").asInt())
                .isZero();
        assertThat(client.allFrames().getFirst().at("/payload/isReconnect").asBoolean())
                .isFalse();
        Set<String> mine = Set.of("sessions.new", "sessions.detach", "items.create", "models.list", "agents.list");
        Set<String> others = Set.of("sessions.list", "sessions.search", "items.list", "items.search", "usage");
        for (JsonNode method : client.allFrames().getFirst().at("/payload/supportedMethods")) {
            String name = method.stringValue();
            JsonNode answer = client.respond(name, knowingAll());
            if (!mine.contains(name) && !others.contains(name) && !name.equals("connect")) {
                assertThat(answer.path("code").asString(""))
                        .as(name + " " + answer)
                        .isEqualTo(name.equals("presence.update") ? "INVALID_REQUEST" : "NOT_FOUND"); // not followed
            }
        }
        for (String command : List.of("/session " + of("session"), "/sessions", "/status", "/history", "/cancel")) {
            client.respond("agent", Client.params("message", command));
        }
        client.settle();
        for (String heard : client.allMessages()) {
            checkNothingOfAdas(of("session") + of("run") + of("input") + of("process") + of("item"), heard);
        }
        assertThat(adas()).isEqualTo(before);
        assertThat(runtime.clientTools().names(new SessionId(of("session")), "tab-of-ada"))
                .containsExactly("shout");
    }

    @Test
    void streamsAndTheirSubscriptionsAreTheirOwners() throws Exception {
        String before = adas();
        for (String path : List.of("of-ada/notes", "ai-chat/" + of("session"), "ai-chat/" + of("busySession"))) {
            for (String query : List.of("", "?offset=-1", "?offset=-1&live=sse", "?offset=-1&live=long-poll")) {
                assertThat(bobs("GET", "/v1/stream/" + path + query, null)).isEqualTo(404);
            }
            assertThat(bobs("HEAD", "/v1/stream/" + path, null)).isEqualTo(404);
            assertThat(bobs("PUT", "/v1/stream/fork", null, "Stream-Forked-From", "/v1/stream/" + path))
                    .as(path)
                    .isIn(400, 403, 404);
        }
        assertThat(bobs("POST", "/v1/stream/of-ada/notes", "x", "Content-Type", "text/plain"))
                .isEqualTo(404);
        assertThat(bobs("DELETE", "/v1/stream/of-ada/notes", null)).isEqualTo(404);
        String subscription = "/v1/stream/__ds/subscriptions/sub-of-ada";
        assertThat(bobs("GET", subscription, null)).isEqualTo(404);
        assertThat(bobs("POST", subscription + "/claim", "{\"worker\":\"w\"}")).isEqualTo(404);
        assertThat(bobs("POST", subscription + "/streams", "{\"streams\":[\"x\"]}"))
                .isEqualTo(404);
        bobs("DELETE", subscription, null);
        assertThat(bobs("PUT", "/v1/stream/of-ada/notes", "mine", "Content-Type", "text/plain"))
                .as("his own, of the same name")
                .isEqualTo(201);
        assertThat(adas()).isEqualTo(before);
    }

    @Test
    void chatsAreTheirOwners() throws Exception {
        String before = adas();
        int asked = model.requests().size();
        for (String query : List.of("threadId=thread-of-ada", "runId=name-of-ada", "runId=" + of("run"))) {
            assertThat(bobs("GET", "/api/ai/chat?" + query, null)).isEqualTo(404);
        }
        assertThat(bobs("GET", "/api/ai/chat?threadId=" + of("session"), null)).isEqualTo(404);
        for (String thread : List.of("thread-of-ada", of("session"))) {
            for (String input : List.of("interrupt", "input")) {
                String resume = Chat.resume(thread, "mine", of(input), "{\"approved\":true}")
                        .toString();
                assertThat(bobs("POST", "/api/ai/chat", resume)).isEqualTo(404);
            }
            assertThat(bobs(
                            "POST",
                            "/api/ai/chat",
                            Chat.input(thread, "name-of-ada", "Hi").toString()))
                    .as("a thread of his own")
                    .isEqualTo(200);
        }
        String history = "[{\"role\":\"user\",\"content\":\"" + SECRET.toUpperCase(Locale.ROOT) + "\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"" + of("call")
                + "\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"" + of("call") + "\",\"content\":\"rain\"}]";
        bobs("POST", "/v1/chat/completions", completion(history));
        model.requests().subList(asked, model.requests().size()).forEach(request -> {
            assertThat(request.toString()).doesNotContain(SECRET).doesNotContain("shout");
        });
        assertThat(adas()).isEqualTo(before);
    }

    private static String call(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    @Test
    void mcpIsItsOwners() throws Exception {
        String before = adas();
        String read = call("read_session", "{\"session_id\":\"" + of("session") + "\"}");
        assertThat(mcp(bob, read, "Mcp-Session-Id", of("mcp")).statusCode()).isEqualTo(404);
        assertThat(bobs("DELETE", "/mcp", null, "Mcp-Session-Id", of("mcp"))).isEqualTo(404);
        assertThat(bobs("GET", "/mcp", null, "Mcp-Session-Id", of("mcp"), "Accept", "text/event-stream"))
                .isEqualTo(404);
        String own = mcp(bob, HELLO).headers().firstValue("Mcp-Session-Id").orElseThrow();
        String resource = "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"resources/read\",\"params\":{\"uri\":"
                + "\"dwata://session/" + of("session") + "\"}}";
        String more = call("ask_agent", "{\"message\":\"Hi\",\"session_id\":\"" + of("session") + "\"}");
        for (String message : List.of(read, resource, more)) {
            String heard = mcp(bob, message, "Mcp-Session-Id", own).body();
            checkNothingOfAdas(message, heard);
            assertThat(heard).containsAnyOf("\"isError\":true", "\"error\":");
        }
        for (String tool : List.of("list_sessions", "search_sessions")) {
            String message = call(tool, "{\"query\":\"a\"}");
            checkNothingOfAdas(message, mcp(bob, message, "Mcp-Session-Id", own).body());
        }
        assertThat(mcp(ada, call("list_sessions", "{}"), "Mcp-Session-Id", of("mcp"))
                        .body())
                .contains(SECRET);
        assertThat(adas()).isEqualTo(before);
    }

    @Test // F7
    void whoMayReadChangesNothingOnAnyDoor() throws Exception {
        String before = adas();
        String chat = Chat.input("thread-of-ada", "another", "Hi").toString();
        assertThat(ask(reader, "POST", "/api/ai/chat", chat).statusCode()).isEqualTo(403);
        String resume = Chat.resume("thread-of-ada", "x", of("interrupt"), "{\"approved\":true}")
                .toString();
        assertThat(ask(reader, "POST", "/api/ai/chat", resume).statusCode()).isEqualTo(403);
        String completion = completion("[{\"role\":\"user\",\"content\":\"Hi\"}]");
        assertThat(ask(reader, "POST", "/v1/chat/completions", completion).statusCode())
                .isEqualTo(403);
        for (String method : List.of("PUT", "POST", "DELETE")) {
            for (String path : List.of("of-ada/notes", "new", "__ds/subscriptions/sub-of-ada")) {
                assertThat(ask(reader, method, "/v1/stream/" + path, "x").statusCode())
                        .as(method + " " + path)
                        .isIn(403, method.equals("POST") && path.startsWith("__ds") ? 404 : 403);
            }
        }
        String session =
                mcp(reader, HELLO).headers().firstValue("Mcp-Session-Id").orElseThrow();
        for (String arguments :
                List.of("{\"message\":\"Hi\"}", "{\"message\":\"Hi\",\"session_id\":\"" + of("session") + "\"}")) {
            assertThat(mcp(reader, call("ask_agent", arguments), "Mcp-Session-Id", session)
                            .body())
                    .contains("\"isError\":true", "scope run");
        }
        assertThat(ask(reader, "GET", "/metrics", null).statusCode()).isEqualTo(403);
        assertThat(adas()).isEqualTo(before);
    }
}
