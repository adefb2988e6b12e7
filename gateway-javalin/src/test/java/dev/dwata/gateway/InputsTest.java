package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What runs wait for, shown to clients and answered by them.
@Timeout(60)
class InputsTest {
    private static final String ASK = """
            {"questions":[{"id":"where","text":"Where?","options":["here","there"]},
                          {"id":"key","text":"The key?","input_type":"secret"}]}""";

    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private final List<String> paid = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;

    private record To(String to) {}

    private Tool pay() {
        return Tool.of(
                new ToolSpec.Head("test.pay", "Pays.", Effect.ONCE, Approval.CONFIRM),
                To.class,
                (arguments, context) -> {
                    paid.add(arguments.to());
                    return ToolOutcome.success(Map.of("paid", arguments.to()));
                });
    }

    private void start(Duration patience, Store store) {
        LocalRuntime.Builder builder = AgentRuntime.builder()
                .tools(List.of(pay(), AskUserTool.create()))
                .policy(ToolPolicy.asking())
                .approvalsWithin(patience);
        gateway = TestGateway.over(builder, model, store);
    }

    @BeforeEach
    void start() {
        start(Duration.ofMinutes(10), new InMemoryStore());
    }

    @AfterEach
    void close() {
        gateway.close();
        http.shutdownNow();
    }

    private void pays() {
        model.calls("test.pay", "{\"to\":\"Ada\"}").says("Done.");
    }

    private static JsonNode payload(JsonNode event) {
        return event.path("payload");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /// Has the model ask, and waits until it does.
    ///
    /// @return the event `input_request`
    private JsonNode asked(Client client) {
        client.call("agent", "message", "Go.");
        return client.event("input_request");
    }

    @Test
    void theFirstOfTenAnswersCountsAndEverybodySeesOne_P12() {
        pays();
        Client first = gateway.client("clientId", "tab-0");
        JsonNode asked = asked(first);
        String session = text(payload(asked), "sessionId");
        String id = text(payload(asked), "requestId");
        List<Client> clients = new ArrayList<>(List.of(first));
        for (int i = 1; i < 10; i++) {
            clients.add(gateway.client("clientId", "tab-" + i, "sessionId", session, "afterSeq", 0));
        }
        List<String> sent = clients.stream()
                .map(client -> client.send(
                        "input.respond",
                        Client.params(
                                "requestId", id, "decision", clients.indexOf(client) % 2 == 0 ? "approve" : "reject")))
                .toList();

        List<JsonNode> taken = new ArrayList<>();
        Set<JsonNode> winners = new HashSet<>();
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            JsonNode response = clients.get(i).response(sent.get(i));
            if (response.path("ok").asBoolean()) {
                taken.add(Client.params("decision", text(payload(response), "decision"), "by", "local/tab-" + i));
            } else {
                assertThat(text(response, "code")).isEqualTo("ALREADY_RESOLVED");
                winners.add(response.path("details"));
            }
            List<JsonNode> rest = clients.get(i).eventsTo("final");
            List<JsonNode> resolutions = rest.stream()
                    .filter(event -> Client.name(event).equals("input_resolved"))
                    .toList();
            assertThat(resolutions).hasSize(1);
            seen.add(resolutions.getFirst());
        }
        assertThat(taken).hasSize(1);
        assertThat(winners).containsExactly(taken.getFirst());
        assertThat(seen).hasSize(1);
        JsonNode resolved = seen.iterator().next();
        assertThat(resolved.path("seq").longValue())
                .isGreaterThan(asked.path("seq").longValue());
        assertThat(text(payload(resolved), "by")).isEqualTo(text(taken.getFirst(), "by"));
        assertThat(paid).hasSize(text(taken.getFirst(), "decision").equals("approve") ? 1 : 0);
        assertThat(first.allEvents())
                .anyMatch(event -> text(payload(event), "status").equals("waiting_input"));
    }

    @Test
    void whoComesLaterIsShownWhatIsWaitedFor_P12() {
        pays();
        JsonNode asked = asked(gateway.client());
        String session = text(payload(asked), "sessionId");
        Client later = gateway.open();

        JsonNode connected = later.connect("sessionId", session);

        JsonNode pending = connected.path("pendingInputs").path(0);
        ObjectNode fields = (ObjectNode) pending.deepCopy();
        fields.remove(List.of("seq", "createdAt"));
        assertThat(fields).isEqualTo(payload(asked));
        assertThat(pending.path("seq")).isEqualTo(asked.path("seq"));
        assertThat(later.call("sessions.switch", "sessionId", session).path("pendingInputs"))
                .isEqualTo(connected.path("pendingInputs"));
        assertThat(later.call("sessions.attach", "sessionId", session).path("pendingInputs"))
                .isEqualTo(connected.path("pendingInputs"));
        assertThat(later.call("input.list").path("inputs")).isEqualTo(connected.path("pendingInputs"));
        assertThat(later.call("input.list", "sessionId", session).path("inputs"))
                .isEqualTo(connected.path("pendingInputs"));
        JsonNode other = later.call("sessions.new");
        assertThat(later.call("input.list", "sessionId", text(other, "sessionId"))
                        .path("inputs"))
                .isEmpty();
        assertThat(text(later.refused("input.list", "sessionId", "01890000-0000-7000-8000-000000000000"), "code"))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void theStatusCommandCountsWhatIsWaitedFor() {
        pays();
        Client client = gateway.client();
        asked(client);

        client.call("agent", "message", "/status");

        assertThat(text(payload(client.event("command_result")), "text")).contains("Waiting for an answer: 1\n");
    }

    @Test
    void anAnswerAfterARestartHasTheToolRunOnce_P12() {
        gateway.close();
        start(Duration.ofMinutes(10), SqliteStore.open(directory.resolve("db.sqlite3")));
        model.byConversation();
        pays();
        JsonNode asked = asked(gateway.client("clientId", "before"));
        gateway.close();
        start(Duration.ofMinutes(10), SqliteStore.open(directory.resolve("db.sqlite3")));
        Client after = gateway.open();
        JsonNode connected =
                after.connect("clientId", "after", "sessionId", text(payload(asked), "sessionId"), "afterSeq", 0);
        assertThat(text(connected.path("pendingInputs").path(0), "requestId"))
                .isEqualTo(text(payload(asked), "requestId"));

        after.call("input.respond", "requestId", text(payload(asked), "requestId"), "decision", "approve");

        List<JsonNode> events = after.eventsTo("final");
        assertThat(events.stream().map(Client::name).filter(name -> name.equals("input_request")))
                .hasSize(1);
        assertThat(events.stream().map(Client::name).filter(name -> name.equals("tool_result")))
                .hasSize(1);
        assertThat(paid).containsExactly("Ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | one of decision, answer, result, error, success is required",
                "{\"decision\":\"approve\",\"answer\":{}} | give either decision or answer, not both",
                "{\"decision\":\"maybe\"} | decision must be one of approve, reject, always, edit",
                "{\"decision\":7} | decision must be a string, not an integer",
                "{\"decision\":\"edit\"} | arguments is required with decision 'edit'",
                "{\"decision\":\"edit\",\"arguments\":[]} | arguments is required with decision 'edit'",
                "{\"decision\":\"approve\",\"arguments\":{}} | arguments goes with decision 'edit' only",
                "{\"decision\":\"approve\",\"scope\":\"session\"} | scope goes with decision 'always' only",
                "{\"decision\":\"always\",\"scope\":\"world\"} | scope must be one of session, workspace, everywhere",
                "{\"decision\":\"approve\",\"reason\":\"so\"} | reason goes with decision 'reject' only",
                "{\"result\":1,\"error\":\"no\"} | give either result or error, not both",
                "{\"success\":true,\"error\":\"no\"} | give either success true or error, not both",
                "{\"data\":{},\"result\":1} | data goes with success only",
                "{\"error\":\" \"} | error must not be blank",
                "{\"answer\":{\"a\":1}} | is of kind approval, which cannot be answered",
                "{\"result\":{}} | is of kind approval, which cannot be given a result",
            })
    void anAnswerThatIsNoneIsRefusedWithTheFieldAndAnotherCanBeGiven(String answer, String says) {
        pays();
        Client client = gateway.client();
        String id = text(payload(asked(client)), "requestId");
        ObjectNode params = (ObjectNode) Json.MAPPER.readTree(answer);

        JsonNode refused = client.respond("input.respond", params.put("requestId", id));

        assertThat(text(refused, "code")).isEqualTo("INVALID_REQUEST");
        assertThat(text(refused, "error")).contains(says);
        client.call("input.respond", "requestId", id, "decision", "edit", "arguments", Map.of("to", "Bob"));
        client.event("final");
        assertThat(paid).containsExactly("Bob");
    }

    @Test
    void whatIsNoRequestIsSaid() {
        Client client = gateway.client();
        assertThat(text(client.refused("input.respond", "decision", "approve"), "error"))
                .isEqualTo("requestId is required");
        assertThat(text(client.refused("input.respond", "requestId", "inp_1", "decision", "approve"), "error"))
                .startsWith("requestId");
        String unknown = "inp_01890000-0000-7000-8000-000000000000";
        assertThat(text(client.refused("input.respond", "requestId", unknown, "decision", "approve"), "code"))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void everybodyIsToldWhenNobodyAnswersInTime_P12() {
        gateway.close();
        start(Duration.ofMillis(300), new InMemoryStore());
        pays();
        Client client = gateway.client();
        JsonNode asked = asked(client);
        Client other = gateway.client("sessionId", text(payload(asked), "sessionId"), "afterSeq", 0);

        for (Client one : List.of(client, other)) {
            JsonNode resolved = payload(one.event("input_resolved"));
            assertThat(text(resolved, "requestId")).isEqualTo(text(payload(asked), "requestId"));
            assertThat(text(resolved, "decision")).isEqualTo("expired");
        }
        client.event("final");
        JsonNode late =
                client.refused("input.respond", "requestId", text(payload(asked), "requestId"), "decision", "approve");
        assertThat(text(late, "code")).isEqualTo("ALREADY_RESOLVED");
        assertThat(text(late.path("details"), "decision")).isEqualTo("expired");
        assertThat(paid).isEmpty();
    }

    @Test
    void aSecretIsInNoFrameOfAnybody_P13() {
        model.calls("ask_user", ASK).says("Thank you.");
        Client client = gateway.client();
        JsonNode asked = asked(client);
        Client other = gateway.client("sessionId", text(payload(asked), "sessionId"), "afterSeq", 0);

        client.call(
                "input.respond",
                "requestId",
                text(payload(asked), "requestId"),
                "answer",
                Map.of("where", "here", "key", "correct horse battery"));

        client.event("final");
        other.event("final");
        Client later = gateway.client("sessionId", text(payload(asked), "sessionId"), "afterSeq", 0);
        later.event("final");
        assertThat(payload(later.frame(frame -> Client.name(frame).equals("tool_result")))
                        .toString())
                .contains("here");
        for (Client one : List.of(client, other, later)) {
            assertThat(one.allMessages().toString()).doesNotContain("horse");
        }
    }

    /// @param status of the answer
    private record Reply(int status, JsonNode body) {}

    private Reply sent(String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path));
        HttpResponse<String> response = http.send(
                (body.isEmpty() ? request : request.POST(BodyPublishers.ofString(body)))
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), Json.MAPPER.readTree(response.body()));
    }

    @Test
    void theSameOverHttp() throws Exception {
        pays();
        Client client = gateway.client();
        JsonNode asked = payload(asked(client));
        String path = "/inputs/" + text(asked, "requestId");
        JsonNode listed = client.call("input.list");

        assertThat(sent("/inputs", "")).isEqualTo(new Reply(200, listed));
        assertThat(sent("/inputs?sessionId=" + text(asked, "sessionId"), "")).isEqualTo(new Reply(200, listed));
        assertThat(sent("/sessions/" + text(asked, "sessionId") + "/inputs", ""))
                .isEqualTo(new Reply(200, listed));
        assertThat(sent(path, "{\"decision\":\"edit\"}").body().toString()).contains("arguments is required");
        assertThat(sent(path, "{\"decision\":\"edit\"}").status()).isEqualTo(400);
        assertThat(sent("/inputs/inp_01890000-0000-7000-8000-000000000000", "{\"decision\":\"reject\"}")
                        .status())
                .isEqualTo(404);

        Reply taken = sent(path, "{\"decision\":\"reject\",\"reason\":\"not Ada\"}");

        assertThat(taken.status()).isEqualTo(200);
        assertThat(text(taken.body(), "decision")).isEqualTo("reject");
        assertThat(text(payload(client.event("input_resolved")), "by")).isEqualTo("local/http");
        Reply late = sent(path, "{\"decision\":\"approve\"}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(text(late.body(), "code")).isEqualTo("ALREADY_RESOLVED");
        assertThat(late.body().path("details")).isEqualTo(Client.params("decision", "reject", "by", "local/http"));
        client.event("final");
        assertThat(paid).isEmpty();
        assertThat(sent("/inputs", "").body().path("inputs")).isEmpty();
    }
}
