package dev.dwata.agent.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.process.Processes;
import dev.dwata.agent.process.Survivors;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.shell.Commands;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class CommandToolsTest {
    private static final String PARAMETERS = """
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""";

    @TempDir
    Path folder;

    @TempDir
    Path state;

    private final InMemoryStore store = new InMemoryStore();
    private final Processes processes =
            new Processes(store.children(), Map.of("PATH", "/usr/bin:/bin", "OPENAI_API_KEY", "sk-secret"));

    @AfterEach
    void end() {
        processes.close();
        store.close();
    }

    @Test
    void passesArgumentsAndTakesAnObjectAsTheResult() {
        JsonNode result = calls("\"argv\":[\"cat\"],\"parameters\":" + PARAMETERS)
                .call("weather.now", Map.of("city", "Brno \"é\"\n😀"));

        assertThat(result.get("success").booleanValue()).isTrue();
        assertThat(result.get("city").stringValue()).isEqualTo("Brno \"é\"\n😀");
    }

    @Test
    void takesWhateverElseIsSaidAsText() {
        JsonNode result = calls("\"argv\":[\"sh\",\"-c\",\"echo [1]\"]").call("weather.now", Map.of());

        assertThat(result.get("output").stringValue()).isEqualTo("[1]\n");
        assertThat(result.get("truncated").booleanValue()).isFalse();
    }

    @Test
    void checksArgumentsBeforeAnythingRuns() {
        ToolCalls calls = calls("\"argv\":[\"touch\",\"ran\"],\"parameters\":" + PARAMETERS);

        assertThat(calls.call("weather.now", Map.of("city", 7)).get("retry").booleanValue())
                .isTrue();
        assertThat(calls.error("weather.now", Map.of())).contains("city");
        assertThat(calls.error("weather.now", Map.of("city", "x", "more", 1))).contains("more");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test // J8
    void tellsHowItFailed() {
        assertThat(calls("\"argv\":[\"sh\",\"-c\",\"echo said; echo why >&2; exit 3\"]")
                        .error("weather.now", Map.of()))
                .isEqualTo("it ended with exit code 3: why");
        assertThat(calls("\"argv\":[\"sh\",\"-c\",\"kill -SEGV $$\"]").error("weather.now", Map.of()))
                .isEqualTo("it ended with exit code 139 (SIGSEGV)");
        assertThat(calls("\"argv\":[\"yes\"]").error("weather.now", Map.of()))
                .startsWith("it was ended: it had said more");
        assertThat(calls("\"argv\":[\"no-such-program\"]").error("weather.now", Map.of()))
                .contains("'no-such-program'");
        assertThat(calls("\"argv\":[\"true\"],\"cwd\":\"gone\"").error("weather.now", Map.of()))
                .contains("gone");
    }

    @Test // J1
    void endsWhatTakesTooLong() {
        String seconds = Survivors.uniqueSleep();
        assertThat(calls("\"timeoutMs\":500,\"argv\":[\"sh\",\"-c\",\"setsid sleep " + seconds + " & sleep " + seconds
                                + "\"]")
                        .error("weather.now", Map.of()))
                .isEqualTo("it was ended: it had not finished after 500 ms");
        assertThat(Survivors.sleeping(seconds)).isEmpty();
    }

    @Test // J6
    void givesTheVariablesOfTheConfigurationAndNoSecrets() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        String said = calls("\"argv\":[\"sh\",\"-c\",\"env; pwd\"],\"cwd\":\"sub\",\"env\":{\"API_URL\":\"http://x\"}")
                .call("weather.now", Map.of())
                .get("output")
                .stringValue();

        assertThat(said).contains("API_URL=http://x\n", "/sub\n").doesNotContain("secret");
    }

    @Test // K3
    void bindsAnAgreementToTheProgramAndItsScript() throws Exception {
        Path script = Files.writeString(folder.resolve("tool.sh"), "echo one");
        Tool tool = read("{\"weather.now\":{\"description\":\"d\",\"argv\":[\"sh\",\"tool.sh\"]}}")
                .getFirst();
        Map<String, String> before = bound(tool);
        assertThat(bound(tool)).isEqualTo(before).containsKeys("cwd", "program", "script tool.sh");

        Files.writeString(script, "echo two");
        assertThat(bound(tool)).isNotEqualTo(before);
    }

    @Test
    void isWhatItsEntrySays() {
        Tool plain =
                read("{\"a.b\":{\"description\":\" d \",\"argv\":[\"true\"]}}").getFirst();
        assertThat(plain.spec().description()).isEqualTo("d");
        assertThat(plain.spec().effect()).isEqualTo(Effect.ONCE);
        assertThat(plain.spec().approval()).isEqualTo(Approval.CONFIRM);
        assertThat(plain.spec().traits()).containsExactlyInAnyOrder(ToolTrait.EGRESS, ToolTrait.WRITE);

        Tool other =
                read("{\"a.b\":{\"description\":\"d\",\"argv\":[\"true\"],\"effect\":\"pure\",\"approval\":\"auto\"}}")
                        .getFirst();
        assertThat(other.spec().effect()).isEqualTo(Effect.PURE);
        assertThat(other.spec().approval()).isEqualTo(Approval.AUTO);
        assertThat(new CommandTools(Workspace.at(folder), new Commands(processes, state))
                        .read(Json.MAPPER.readTree("{}"), Set.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                    | tools must be an object
            {"a":1}                                               | tools.a must be an object
            {"shell.run":{"description":"d","argv":["x"]}}        | tools.shell.run must be called otherwise
            {"A b":{"description":"d","argv":["x"]}}              | tools.A b: tool name 'A b' must be
            {"a":{"argv":["x"]}}                                  | tools.a.description must be
            {"a":{"description":"d"}}                             | tools.a.argv must be
            {"a":{"description":"d","argv":"x"}}                  | tools.a.argv must be
            {"a":{"description":"d","argv":[]}}                   | tools.a.argv must be
            {"a":{"description":"d","argv":[1]}}                  | tools.a.argv must be
            {"a":{"description":"d","argv":[""]}}                 | tools.a: a program needs a name
            {"a":{"description":"d","argv":["x"],"arg":1}}        | tools.a.arg means nothing; known are approval,
            {"a":{"description":"d","argv":["x"],"effect":"no"}}  | tools.a.effect must be one of pure, idempotent, once
            {"a":{"description":"d","argv":["x"],"approval":"x"}} | tools.a.approval must be one of auto, notify, confirm
            {"a":{"description":"d","argv":["x"],"timeoutMs":0}}  | tools.a.timeoutMs must be 1 to 1800000
            {"a":{"description":"d","argv":["x"],"cwd":7}}        | tools.a.cwd must be a string
            {"a":{"description":"d","argv":["x"],"env":[]}}       | tools.a.env must be an object
            {"a":{"description":"d","argv":["x"],"env":{"A":1}}}  | tools.a.env.A must be a string
            {"a":{"description":"d","argv":["x"],"env":{"A=":""}}} | tools.a: 'A=' must be
            {"a":{"description":"d","argv":["x"],"parameters":{}}} | tools.a.parameters must be a JSON Schema
            """)
    void namesTheKeyThatIsWrong(String tools, String message) {
        assertThatThrownBy(() -> read(tools)).isInstanceOf(AgentException.class).hasMessageContaining(message);
    }

    private ToolCalls calls(String entry) {
        return ToolCalls.of(read("{\"weather.now\":{\"description\":\"d\"," + entry + "}}"));
    }

    private List<Tool> read(String tools) {
        JsonNode config = Json.MAPPER.readTree("{\"tools\":" + tools + "}");
        return new CommandTools(Workspace.at(folder), new Commands(processes, state)).read(config, Set.of("shell.run"));
    }

    private static Map<String, String> bound(Tool tool) throws Exception {
        ToolContext context =
                new ToolContext(Principal.LOCAL, SessionId.create(), RunId.create(), "call_1", (share, text) -> {});
        return tool.review(Json.MAPPER.createObjectNode(), context).bound();
    }
}
