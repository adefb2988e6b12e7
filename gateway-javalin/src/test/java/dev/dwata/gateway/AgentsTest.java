package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.AgentDefinition.ApprovalRule;
import dev.dwata.agent.definition.AgentLimits;
import dev.dwata.agent.definition.AgentSource;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.definition.Finding;
import dev.dwata.agent.definition.ToolChoice;
import dev.dwata.agent.definition.ToolPattern;
import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Approval;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Agents over every door of the gateway (C-13).
@Timeout(60)
class AgentsTest {
    private static final AgentDefinition REVIEWER = new AgentDefinition(
            "reviewer",
            "Reads a change.",
            "anthropic/claude-sonnet-4-5",
            new ToolChoice(List.of(ToolChoice.Rule.of("filesystem.*"), ToolChoice.Rule.of("!filesystem.write"))),
            List.of(new ApprovalRule(new ToolPattern("*"), Approval.CONFIRM)),
            new AgentLimits(12, null),
            new Budget(500_000L, null, 40L, null),
            List.of("java"),
            "Review.",
            new AgentSource(AgentSource.Kind.DATA_FOLDER, "/data/agents/reviewer.md"));

    private static final String VIEW = """
            {"name": "reviewer", "description": "Reads a change.", "model": "anthropic/claude-sonnet-4-5",
             "source": "data_folder", "file": "/data/agents/reviewer.md",
             "tools": ["filesystem.*", "!filesystem.write"], "approvals": {"*": "confirm"},
             "limits": {"maxTurns": 12}, "budget": {"tokens": 500000, "toolCalls": 40}, "skills": ["java"]%s}""";

    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model, new Agents() {
        private final Agents known = Agents.of(List.of(AgentDefinition.of("default", "Help."), REVIEWER));

        @Override
        public AgentDefinition find(String name) {
            return known.find(name);
        }

        @Override
        public Listing list() {
            return new Listing(known.list().agents(), List.of(new Finding("/data/agents/x.md", 3, "oops")));
        }
    });
    private Client client;

    @BeforeEach
    void connect() {
        client = gateway.client();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private JsonNode get(String path, int status) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var reply = http.send(
                    HttpRequest.newBuilder(URI.create(gateway.gateway.url() + path))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
            return Json.STRICT.readTree(reply.body());
        }
    }

    @Test
    void listsAgentsAndWhatIsWrongWithTheirFiles() throws Exception {
        JsonNode listed = client.call("agents.list");

        assertThat(listed).isEqualTo(Json.MAPPER.readTree("""
                {"agents": [
                   {"name": "default", "description": "", "source": "built_in", "tools": [], "approvals": {},
                    "limits": {}, "budget": {}},
                   %s],
                 "findings": [{"file": "/data/agents/x.md", "line": 3, "message": "oops"}]}
                """.formatted(VIEW.formatted(""))));
        assertThat(get("/api/v1/agents", 200)).isEqualTo(listed);
    }

    @Test
    void showsOneWithItsInstructions() throws Exception {
        JsonNode one = client.call("agents.list", "name", "reviewer");

        assertThat(one)
                .isEqualTo(Json.MAPPER.readTree("{\"agents\": [%s], \"findings\": []}"
                        .formatted(VIEW.formatted(", \"instructions\": \"Review.\""))));
        assertThat(get("/api/v1/agents?name=reviewer", 200)).isEqualTo(one);
        assertThat(get("/api/v1/agents?name=..%2Fsecret", 400).path("error").stringValue())
                .startsWith("there is no agent '../secret' (a name is ");
    }

    @Test
    void theAgentCommandShowsAndSetsTheAgentOfTheSession() {
        assertThat(command("/agent").get("text").stringValue())
                .isEqualTo("Agents:\n  default\n  reviewer: Reads a change.\n! /data/agents/x.md, line 3: oops");
        assertThat(command("/agent reviewer").get("text").stringValue()).startsWith("You are in no session yet");
        command("/new");

        JsonNode set = command("/agent reviewer");

        assertThat(set.get("text").stringValue()).isEqualTo("This session now uses agent reviewer.");
        assertThat(set.at("/data/agent").stringValue()).isEqualTo("reviewer");
        assertThat(client.call("sessions.list").at("/sessions/0/agentName").stringValue())
                .isEqualTo("reviewer");
        assertThat(command("/agent").get("text").stringValue()).startsWith("This session uses agent reviewer.\n");
        assertThat(command("/status").get("text").stringValue()).contains("Agent: reviewer\n");
        assertThat(command("/agent revewer").get("text").stringValue())
                .isEqualTo("There is no agent 'revewer'; known: default, reviewer.");
        model.says("Done.");
        client.call("agent", "message", "Go");
        client.event("final");
        assertThat(model.requests().getLast().system()).isEqualTo("Review.");
    }

    @Test
    void aSessionAndAMessageNameAnAgentThatThereIs() {
        String session = client.call("sessions.new", "agentName", "reviewer")
                .get("sessionId")
                .stringValue();
        model.says("One.").says("Two.");
        client.call("agent", "sessionId", session, "message", "Go");
        client.event("final");
        client.call("agent", "sessionId", session, "message", "Go", "agentName", "default");
        client.event("final");

        assertThat(model.requests().stream().map(request -> request.system())).containsExactly("Review.", "Help.");
        for (String method : List.of("sessions.new", "agent")) {
            JsonNode refused = client.respond(method, Client.params("message", "Go", "agentName", "nobody"));
            assertThat(refused.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
            assertThat(refused.get("error").stringValue())
                    .isEqualTo("there is no agent 'nobody'; known: default, reviewer");
        }
    }

    /// S1-55: for the `{context}` of the agent's prompt
    @Test
    void aSessionIsAboutWhatItsLatestMessageCameWith() {
        model.says("One.").says("Two.");
        JsonNode context = Json.MAPPER.createObjectNode().put("daemons", 2);
        String session = client.call("agent", "message", "Go", "context", context)
                .get("sessionId")
                .stringValue();
        client.event("final");
        assertThat(gateway.runtime.session(new SessionId(session)).info().config())
                .isEqualTo(Json.MAPPER.createObjectNode().set("context", context));

        client.call("agent", "message", "Go on", "context", "else");
        client.event("final");

        assertThat(gateway.runtime.session(new SessionId(session)).info().config())
                .isEqualTo(Json.MAPPER.createObjectNode().put("context", "else"));
    }

    private JsonNode command(String text) {
        client.call("agent", "message", text);
        return client.event("command_result").get("payload");
    }
}
