package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.policy.RulePolicy;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.persistence.DataFolder;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.RuleScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Rules for tool calls, and what became of calls, as a person at a terminal meets them.
@Timeout(60)
class PolicyCommandTest {
    private static final String RULES = """
            {"policy": {"rules": [
              {"id": "notes", "effect": "allow", "tool": "filesystem.write", "arguments": {"path": "notes*"}},
              {"id": "no-moves", "effect": "deny", "tool": "filesystem.move"},
              {"effect": "ask", "tool": "memory.*"}]}}
            """;

    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
        Files.createDirectories(dwata.home);
    }

    private void config(String text) throws Exception {
        Files.writeString(dwata.home.resolve("config.json"), text);
    }

    private record To(String to) {}

    /// Has somebody answer "always" to a call of `test.pay`.
    private void answerAlways() throws Exception {
        Tool pay = Tool.of(
                new ToolSpec.Head("test.pay", "Pays.", Effect.ONCE, Approval.CONFIRM),
                To.class,
                (arguments, context) -> ToolOutcome.success(Map.of()));
        SqliteStore store = SqliteStore.open(new DataFolder(dwata.home).database());
        try (LocalRuntime runtime = AgentRuntime.builder()
                        .models(new ScriptedModel()
                                .calls("test.pay", "{\"to\":\"Ada\"}")
                                .says("Paid.")
                                .asModels())
                        .store(store)
                        .policy(new RulePolicy(PolicySettings.NONE, store.rules(), dwata.workspace.toString()))
                        .tools(List.of(pay))
                        .build();
                Run run = runtime.createSession().prompt("Pay Ada.")) {
            for (AgentEvent event : run) {
                if (event instanceof InputRequested asked) {
                    runtime.respond(asked.requestId(), new InputResponse.Always(RuleScope.WORKSPACE), "laptop");
                }
            }
        }
    }

    @Test
    void showsRulesAndWhereTheyComeFrom() throws Exception {
        assertThat(dwata.call("policy"))
                .isEqualTo(new Ran(0, "There are no rules: each tool's own level decides.\n", ""));
        config(RULES);
        answerAlways();

        Ran ran = dwata.call("policy", "list");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches(
                        "notes +allow +filesystem.write, arguments \\{\"path\":\"notes\\*\"}  \\(.*config.json\\)"))
                .anyMatch(line -> line.matches("rule-3 +ask +memory\\.\\*  \\(.*config.json\\)"))
                .anyMatch(line -> line.matches("always-[0-9a-f]{8} +allow +test.pay, folder " + dwata.workspace
                        + ", owner local  \\(answered 20.*Z\\)"));
        List<JsonNode> json = dwata.call("policy", "--json")
                .out()
                .lines()
                .map(Json.STRICT::readTree)
                .toList();
        assertThat(json).hasSize(4);
        assertThat(json.getLast().path("from").stringValue()).isEqualTo("always");
        assertThat(json.getFirst().path("rule").path("id").stringValue()).isEqualTo("notes");
    }

    @Test
    void endsARuleThatAnAnswerHasMade() throws Exception {
        config(RULES);
        answerAlways();
        String last = dwata.call("policy").out().lines().toList().getLast();
        String id = last.substring(0, last.indexOf(' '));

        assertThat(dwata.call("policy", "revoke", id)).isEqualTo(new Ran(0, id + " is revoked\n", ""));

        assertThat(dwata.call("policy").out()).doesNotContain("always-");
        assertThat(dwata.call("policy", "revoke", id).code()).isEqualTo(1);
        assertThat(dwata.call("policy", "revoke", "notes").err()).contains("config.json: take it out there");
        assertThat(dwata.call("policy", "revoke").code()).isEqualTo(2);
    }

    @Test
    void aRuleOfTheConfigurationAllowsWithoutAPerson() throws Exception {
        config(RULES);

        Ran allowed = dwata.call("--json", "write hello to notes.txt");
        Ran asked = dwata.call("write hello to other.txt");
        Ran denied = dwata.call("--approve", "auto", "remember that my cat is called Tom");

        assertThat(allowed.code()).as(allowed.err()).isZero();
        assertThat(dwata.workspace.resolve("notes.txt")).hasContent("hello");
        assertThat(asked.code()).isEqualTo(3);
        assertThat(dwata.workspace.resolve("other.txt")).doesNotExist();
        assertThat(denied.code())
                .as("what a rule asks about is asked in every mode")
                .isEqualTo(3);
    }

    @Test
    void approvalsOfTheConfigurationStandInForTheFlag() throws Exception {
        config("{\"policy\":{\"approvals\":\"auto\"}}");
        assertThat(dwata.call("write hello to notes.txt").code()).isZero();
        assertThat(dwata.call("--approve", "never", "write hello to other.txt").code())
                .isEqualTo(3);
        assertThat(dwata.call("--approve", "auto", "write hello to .env").code())
                .as("a tool's own doubt holds in every mode")
                .isEqualTo(3);
        assertThat(dwata.workspace.resolve(".env")).doesNotExist();
    }

    @Test
    void aMistypedRuleIsAFaultOfTheConfiguration() throws Exception {
        config("{\"policy\":{\"rules\":[{\"effect\":\"deny\",\"tools\":\"filesystem.*\"}]}}");

        Ran ran = dwata.call("hello");

        assertThat(ran.code()).isEqualTo(78);
        assertThat(ran.err()).contains("config.json: policy.rules[0].tools means nothing; there are id, effect, tool");
    }

    @Test
    void triesCases() throws Exception {
        config(RULES);
        Path cases = folder.resolve("cases.json");
        Files.writeString(cases, """
                [{"tool": "filesystem.write", "arguments": {"path": "notes.txt", "content": ""}, "expect": "allow",
                  "rule": "notes"},
                 {"tool": "filesystem.write", "arguments": {"path": "x.txt", "content": ""}, "expect": "ask"},
                 {"tool": "filesystem.write", "arguments": {"path": ".env", "content": ""}, "expect": "ask", "rule": "tool"},
                 {"tool": "filesystem.read", "arguments": {"path": "x.txt"}, "expect": "allow", "rule": "default"},
                 {"tool": "filesystem.move", "arguments": {"from": "a", "to": "b"}, "expect": "deny", "rule": "no-moves"},
                 {"tool": "server.anything", "expect": "ask"},
                 {"tool": "memory.get", "tainted": true, "expect": "ask", "rule": "rule-3"}]
                """);
        assertThat(dwata.call("policy", "test", cases.toString()))
                .isEqualTo(new Ran(0, "7 cases, 0 not as expected\n", ""));
        Files.writeString(cases, """
                [{"tool": "filesystem.edit", "arguments": {"path": "x.txt", "old_text": "a", "new_text": "b"},
                  "expect": "allow", "rule": "trust"}]
                """);
        assertThat(dwata.call("policy", "test", cases.toString()).code()).isEqualTo(1);
        dwata.call("config", "trust");
        assertThat(dwata.call("policy", "test", cases.toString()).out()).isEqualTo("1 case, 0 not as expected\n");
        dwata.call("config", "untrust");

        Files.writeString(cases, """
                [{"tool": "filesystem.write", "arguments": {"path": "x.txt", "content": ""}, "expect": "allow"},
                 {"tool": "filesystem.move", "arguments": {"from": "a", "to": "b"}, "expect": "ask"},
                 {"tool": "server.anything", "expect": "ask"}]
                """);
        assertThat(dwata.call("policy", "test", cases.toString())).isEqualTo(new Ran(1, """
                        case 1, filesystem.write: expected allow, but it is ask by default
                        case 2, filesystem.move: expected ask, but it is deny by no-moves: the rule 'no-moves' does not allow it
                        3 cases, 2 not as expected
                        """, ""));

        Files.writeString(cases, "[{\"tool\": \"a\", \"expect\": \"allow\", \"argument\": {}}]");
        assertThat(dwata.call("policy", "test", cases.toString()).err())
                .contains("cases.json: case 1: 'argument' means nothing; there are tool, arguments");
        assertThat(dwata.call("policy", "test", "missing.json").code()).isEqualTo(2);
    }

    @Test
    void explainsACall() throws Exception {
        config(RULES);
        String call = callId(dwata.call("--json", "write hello to notes.txt"));

        Ran ran = dwata.call("explain", call);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("filesystem.write in session [0-9a-f-]{36}, run .*"),
                        line -> assertThat(line)
                                .matches(
                                        "  20.*Z  allow +rule notes, policy [0-9a-f]{12}, digest [0-9a-f]{12}, for local"),
                        line -> assertThat(line).matches("  20.*Z  completed +for local, took ms \\d+"),
                        line -> assertThat(line).isEqualTo("The audit is as it was written."));
        JsonNode first = Json.STRICT.readTree(
                dwata.call("explain", call, "--json").out().lines().findFirst().orElseThrow());
        assertThat(first.path("policy").stringValue()).hasSize(64);
        assertThat(dwata.call("explain", "call_none"))
                .isEqualTo(new Ran(1, "", "dwata: the audit holds no tool call 'call_none'\n"));
    }

    @Test
    void saysWhereTheAuditWasChanged() throws Exception {
        config(RULES);
        String call = callId(dwata.call("--json", "write hello to notes.txt"));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + new DataFolder(dwata.home).database());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE audit SET rule = 'other' WHERE rule = 'notes'"))
                    .isOne();
        }

        Ran ran = dwata.call("explain", call);

        assertThat(ran.code()).isEqualTo(65);
        assertThat(ran.err()).contains("entry 1 of the audit is not as it was written");
    }

    private static String callId(Ran ran) {
        return ran.out()
                .lines()
                .map(Json.STRICT::readTree)
                .filter(event -> event.path("event").stringValue().equals("tool_call"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(ran.toString()))
                .path("payload")
                .path("toolCallId")
                .stringValue();
    }
}
