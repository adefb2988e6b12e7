package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.auth.BearerToken;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.auth.TokenCallers;
import dev.dwata.gateway.http.RouteTable.Route;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// P9, P10: who shows no token, or one that is not good for it, gets nothing.
class AuthTest {
    private static final Principal ADA = new Principal("ada");
    private static final Principal BOB = new Principal("bob");
    private static final Set<String> ALL =
            Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.toSet());

    /// What looking at something takes; everything else changes something.
    private static final String LOOKS =
            "status|usage|[a-z]+\\.(list|get|show|status|search|history|switch|attach|detach)|presence\\.update";

    private final List<Client> clients = new ArrayList<>();
    private Store store;
    private LocalRuntime runtime;
    private Gateway gateway;

    @BeforeEach
    void start() {
        store = new InMemoryStore();
        Models models = new ScriptedModel().asModels();
        runtime = AgentRuntime.builder()
                .policy(ToolPolicy.allowAll())
                .models(models)
                .store(store)
                .build();
        gateway = Gateway.start(
                GatewayConfig.of("0.1.1").withPort(0).withCallers(new TokenCallers(store.tokens())),
                runtime,
                store,
                models);
    }

    @AfterEach
    void stop() {
        clients.forEach(Client::close);
        gateway.close();
        runtime.close();
        store.close();
    }

    private BearerToken token(Principal owner, Set<String> scopes) {
        BearerToken token = BearerToken.create();
        store.tokens().add(new NewToken(token.secret(), owner, "", scopes, null, null));
        return token;
    }

    private Client open() {
        Client client = new Client(gateway.port());
        clients.add(client);
        return client;
    }

    private Client client(BearerToken token) {
        Client client = open();
        client.connect("token", token.reveal());
        return client;
    }

    /// An answer over plain HTTP, to the end of the connection.
    private record Answer(int status, List<String> head, String body) {}

    private Answer ask(String method, String path, @Nullable String token, String... headers) {
        List<String> lines = new ArrayList<>(
                List.of(method + " " + path + " HTTP/1.1", "Host: 127.0.0.1:" + gateway.port(), "Connection: close"));
        if (token != null) {
            lines.add("Authorization: Bearer " + token);
        }
        boolean sends = Set.of("POST", "PUT", "PATCH").contains(method);
        if (sends) {
            lines.add("Content-Type: application/json");
            lines.add("Content-Length: 0");
        }
        lines.addAll(List.of(headers));
        try (RawSocket socket = new RawSocket(gateway.port())) {
            List<String> head = socket.request(lines);
            return new Answer(RawSocket.status(head), head, socket.body(1 << 20));
        }
    }

    private int status(Route route, @Nullable String token) {
        return ask(route.method(), path(route, "00000000-0000-7000-8000-000000000001"), token)
                .status();
    }

    private static String path(Route route, String id) {
        return route.path().replaceAll("[{<][^}>]*[}>]", id);
    }

    private List<Route> guarded() {
        List<Route> routes =
                gateway.routes().stream().filter(route -> route.scope() != null).toList();
        assertThat(routes).hasSizeGreaterThan(20);
        return routes;
    }

    @Test // E3, F4, wire.md 6: and nobody learns which routes there are
    void everyRouteAsksForATokenAlsoThoseThatAreNot() {
        for (Route route : guarded()) {
            assertThat(status(route, null)).as(route.toString()).isEqualTo(401);
        }
        for (String path : List.of("/nothing", "/api/v1/nothing", "/api", "/mcp/x", "/assets/nothing", "/assets/")) {
            assertThat(ask("GET", path, null).status()).as(path).isEqualTo(401);
        }
        assertThat(ask("GET", "/nothing", token(ADA, ALL).reveal()).status()).isEqualTo(404);
        assertThat(ask("GET", "/api/v1/models", null).head())
                .anyMatch(line -> line.matches("(?i)www-authenticate: Bearer"));
    }

    @Test // F7
    void aTokenThatIsGoodForNothingDoesNothing() {
        BearerToken nothing = token(ADA, Set.of());
        for (Route route : guarded()) {
            assertThat(status(route, nothing.reveal())).as(route.toString()).isEqualTo(403);
        }
        Client client = open();
        for (JsonNode method : client.connect("token", nothing.reveal()).path("supportedMethods")) {
            assertThat(client.refused(method.stringValue()).path("code").asString(""))
                    .as(method.stringValue())
                    .isEqualTo("FORBIDDEN");
        }
    }

    @Test // F7
    void aTokenForReadingChangesNothing() {
        BearerToken reading = token(ADA, Set.of("read"));
        for (Route route : guarded()) {
            if (route.scope() != Scope.READ) {
                assertThat(status(route, reading.reveal())).as(route.toString()).isEqualTo(403);
            }
        }
        assertThat(ask("GET", "/metrics", reading.reveal()).status())
                .as("it tells of others")
                .isEqualTo(403);
        Client client = open();
        JsonNode connected = client.connect("token", reading.reveal());
        assertThat(connected.path("scopes")).hasToString("[\"read\"]");
        int refused = 0;
        for (JsonNode method : connected.path("supportedMethods")) {
            if (!method.stringValue().matches(LOOKS)) {
                refused++;
                assertThat(client.refused(method.stringValue()).path("code").asString(""))
                        .as(method.stringValue())
                        .isEqualTo("FORBIDDEN");
            }
        }
        assertThat(refused).isGreaterThan(10);
        assertThat(client.refused("admin.everything").path("code").asString("")).isEqualTo("INVALID_REQUEST");
    }

    @Test // F8, S1-181: what is another's is not there
    void nobodySeesWhatIsAnothers() {
        String session =
                store.sessions().create(ADA, NewSession.titled("Ada's")).id().value();
        BearerToken bob = token(BOB, ALL);
        Client client = client(bob);
        for (String method : List.of(
                "sessions.switch",
                "sessions.attach",
                "sessions.history",
                "sessions.archive",
                "sessions.restore",
                "sessions.delete",
                "status",
                "input.list")) {
            assertThat(client.refused(method, "sessionId", session).path("code").asString(""))
                    .as(method)
                    .isEqualTo("NOT_FOUND");
        }
        assertThat(client.refused("agent", "sessionId", session, "message", "Hi")
                        .path("code")
                        .asString(""))
                .isEqualTo("NOT_FOUND");
        assertThat(client.refused("sessions.rename", "sessionId", session, "title", "Mine")
                        .path("code")
                        .asString(""))
                .isEqualTo("NOT_FOUND");
        assertThat(client.call("sessions.list").path("total").asInt()).isZero();
        for (Route route : guarded()) {
            if (route.method().equals("GET") && route.path().startsWith("/api/v1/sessions/{id}")) {
                assertThat(ask("GET", path(route, session), bob.reveal()).status())
                        .as(route.toString())
                        .isEqualTo(404);
            }
        }
        assertThat(client(token(ADA, ALL)).call("sessions.list").path("total").asInt())
                .isEqualTo(1);
    }

    @Test // F8: what happens to another's session is not told
    void nobodyHearsOfWhatIsAnothers() {
        Client bob = client(token(BOB, ALL));
        bob.call("sessions.list");
        Client ada = client(token(ADA, ALL));
        ada.call("sessions.list");

        ada.call("sessions.new", "title", "Ada's");

        ada.event("session.updated");
        bob.settle();
        assertThat(bob.allEvents()).isEmpty();
    }

    @Test // E6
    void readingChangesNothing() {
        store.sessions().create(ADA, NewSession.titled("Ada's"));
        BearerToken ada = token(ADA, ALL);
        String before = state();

        for (Route route : guarded()) {
            if (route.method().equals("GET") && !route.path().endsWith("/events")) {
                status(route, ada.reveal());
            }
        }

        assertThat(state()).isEqualTo(before);
    }

    private String state() {
        return store.sessions().list(ADA, new SessionQuery(50, 0, null, null, null)) + " "
                + store.tokens().list();
    }

    @Test // F6
    void whatIsOpenWithATokenEndsWithIt() {
        BearerToken ada = token(ADA, ALL);
        Client client = client(ada);
        Client other = client(token(ADA, ALL));
        String session = store.sessions().create(ADA, NewSession.PLAIN).id().value();
        try (RawSocket stream = new RawSocket(gateway.port())) {
            assertThat(RawSocket.status(stream.request(List.of(
                            "GET /api/v1/sessions/" + session + "/events HTTP/1.1",
                            "Host: 127.0.0.1:" + gateway.port(),
                            "Authorization: Bearer " + ada.reveal()))))
                    .isEqualTo(200);
            BearerToken next = BearerToken.create();

            store.tokens().rotate(ada.secret().id(), next.secret());

            assertThat(client.awaitClose()).isEqualTo(4401);
            stream.rest(); // ends
            assertThat(other.isOpen()).isTrue();
            assertThat(ask("GET", "/api/v1/models", ada.reveal()).status()).isEqualTo(401);
            Client again = open();
            assertThat(again.refused("connect", "version", "1", "clientType", "web", "token", ada.reveal())
                            .path("code")
                            .asString(""))
                    .isEqualTo("UNAUTHENTICATED");
            assertThat(again.awaitClose()).isEqualTo(4401);
            assertThat(ask("GET", "/api/v1/models", next.reveal()).status()).isEqualTo(200);
        }
    }

    @Test // F4
    void aTokenInAUrlOrAProtocolIsNone() {
        String token = token(ADA, ALL).reveal();
        for (String name : List.of("token", "access_token", "api_key", "TOKEN")) {
            for (String path : List.of("/", "/health", "/api/v1/models", "/ws")) {
                Answer answer = ask("GET", path + "?x=1&" + name + "=" + token, null);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.body()).contains("Authorization").doesNotContain(token);
            }
        }
        try (RawSocket socket = new RawSocket(gateway.port())) {
            assertThat(socket.upgrade("Host: 127.0.0.1:" + gateway.port(), "Sec-WebSocket-Protocol: " + token))
                    .isEqualTo(101);
            socket.text("{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\","
                    + "\"params\":{\"version\":\"1\",\"clientType\":\"web\"}}");
            assertThat(read(socket)).contains("UNAUTHENTICATED").doesNotContain(token);
        }
    }

    private static String read(RawSocket socket) {
        try {
            return socket.read().text();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test // F5
    void whatAClientSaysOfItselfDoesNotCount() {
        for (String header : List.of("X-Forwarded-User: ada", "X-Forwarded-For: 127.0.0.1", "X-Scopes: admin")) {
            assertThat(ask("GET", "/api/v1/models", null, header).status()).isEqualTo(401);
        }
        Client client = open();
        JsonNode connected = client.connect(
                "token", token(ADA, Set.of("read")).reveal(), "userId", "bob", "scopes", List.of("admin"));
        assertThat(connected.path("principal").asString(connected.toString())).isEqualTo("ada");
        assertThat(connected.path("scopes")).hasToString("[\"read\"]");
    }

    @Test // C17, F9
    void theRightTokenWorksAfterWrongOnesAndOnlyOnce() {
        for (int i = 0; i < 3; i++) {
            String wrong = BearerToken.create().reveal();
            Answer answer = ask("GET", "/api/v1/models", wrong);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain(wrong);
        }
        BearerToken ada = token(ADA, ALL);
        Client client = client(ada);
        assertThat(client.refused("connect", "version", "1", "clientType", "web", "token", ada.reveal())
                        .path("code")
                        .asString(""))
                .isEqualTo("CONFLICT");
        Client early = open();
        assertThat(early.refused("sessions.list").path("code").asString("")).isEqualTo("INVALID_REQUEST");
        assertThat(early.awaitClose()).isEqualTo(4400);
    }

    @Test
    void aPageIsSignedInByACodeOnce() {
        BearerToken ada = token(ADA, Set.of("read", "run"));
        Answer issued = ask("POST", "/api/v1/web/codes", ada.reveal());
        assertThat(issued.status()).as(issued.body()).isEqualTo(201);
        String code = Json.MAPPER.readTree(json(issued)).path("code").stringValue();

        Answer first = exchange(code);
        Answer second = exchange(code);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        String token = Json.MAPPER.readTree(json(first)).path("token").stringValue();
        Client page = open();
        JsonNode connected = page.connect("token", token);
        assertThat(connected.path("principal").asString("")).isEqualTo("ada");
        assertThat(connected.path("scopes")).hasToString("[\"read\",\"run\"]");
        assertThat(second.status()).isEqualTo(401);
        assertThat(exchange("guess").status()).isEqualTo(401);

        store.tokens().revoke(ada.secret().id());

        assertThat(page.awaitClose())
                .as("it ends with the token it was made with")
                .isEqualTo(4401);
    }

    private static String json(Answer answer) {
        return answer.body().substring(answer.body().indexOf('{'), answer.body().lastIndexOf('}') + 1);
    }

    private Answer exchange(String code) {
        String body = "{\"code\":\"" + code + "\"}";
        try (RawSocket socket = new RawSocket(gateway.port())) {
            List<String> head = socket.request(List.of(
                    "POST /api/v1/web/tokens HTTP/1.1",
                    "Host: 127.0.0.1:" + gateway.port(),
                    "Connection: close",
                    "Content-Type: application/json",
                    "Content-Length: " + body.length(),
                    "",
                    body));
            return new Answer(RawSocket.status(head), head, socket.body(1 << 20));
        }
    }

    @Test // E8, E9, D3
    void thePageIsTheGatewaysOwnAndNothingElseIsServed() {
        Answer page = ask("GET", "/", null, "Accept: text/html,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.head())
                .anyMatch(line -> line.matches("(?i)content-type: text/html.*"))
                .anyMatch(line -> line.contains("default-src 'self'") && line.contains("frame-ancestors 'none'"));
        assertThat(page.body())
                .doesNotContainPattern("<script>|<style>|\\son[a-z]+=|style=|https?://")
                .contains("/assets/page.js", "/assets/page.css");
        Answer script = ask("GET", "/assets/page.js", null);
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.body()).doesNotContain("innerHTML", "eval(", "localStorage", "document.write");
        assertThat(ask("GET", "/", null).body()).contains("\"name\":\"dwata\"");
        for (String path : List.of("/assets/../page.html", "/assets/%2e%2e/page.html", "/assets/..%2fRoutes.class")) {
            assertThat(ask("GET", path, null).status()).as(path).isIn(400, 401);
        }
    }
}
