package dev.dwata.agent.definition.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.AgentDefinition.ApprovalRule;
import dev.dwata.agent.definition.AgentLimits;
import dev.dwata.agent.definition.AgentSource;
import dev.dwata.agent.definition.Finding;
import dev.dwata.agent.definition.ToolChoice;
import dev.dwata.agent.definition.ToolPattern;
import dev.dwata.agent.policy.Budget;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderAgentsTest {
    @TempDir
    Path folder;

    private Folders folders;

    @BeforeEach
    void prepare() {
        folders = new Folders(folder);
    }

    private AgentDefinition find(String name) {
        return folders.agents().find(name);
    }

    private List<String> names() {
        return folders.agents().list().agents().stream()
                .map(AgentDefinition::name)
                .toList();
    }

    private List<Finding> findings() {
        return folders.agents().list().findings();
    }

    @Test
    void readsAnAgentFromItsFile() {
        Path file = folders.own("agents/reviewer.md", """
                ---
                name: reviewer
                description: Reads a change
                  and says what is wrong with it.
                model: anthropic/claude-sonnet-4-5
                tools:
                  - filesystem.*
                  - "!filesystem.write"
                  - !shell.run
                approvals:
                  filesystem.*: auto
                  memory.set: confirm
                limits: {maxTurns: 12, maxConsecutiveToolFailures: 2}
                budget:
                  usd: 0.50
                  tokens: 200000
                  toolCalls: 40
                  seconds: 600
                skills: [java-style]
                ---

                You review changes.
                ---
                Be brief.
                """);

        assertThat(find("reviewer"))
                .isEqualTo(new AgentDefinition(
                        "reviewer",
                        "Reads a change and says what is wrong with it.",
                        "anthropic/claude-sonnet-4-5",
                        new ToolChoice(List.of(
                                ToolChoice.Rule.of("filesystem.*"),
                                ToolChoice.Rule.of("!filesystem.write"),
                                ToolChoice.Rule.of("!shell.run"))),
                        List.of(
                                new ApprovalRule(new ToolPattern("filesystem.*"), Approval.AUTO),
                                new ApprovalRule(new ToolPattern("memory.set"), Approval.CONFIRM)),
                        new AgentLimits(12, 2),
                        new Budget(200_000L, 0.5, 40L, Duration.ofMinutes(10)),
                        List.of("java-style"),
                        "You review changes.\n---\nBe brief.",
                        new AgentSource(AgentSource.Kind.DATA_FOLDER, file.toString())));
    }

    /// S2-75: a prompt and nothing else
    @Test
    void aFileWithoutFrontMatterIsAllInstructions() {
        folders.own("agents/helper.md", "\uFEFFYou help.\r\nAlways.\r\n");

        assertThat(find("helper").instructions()).isEqualTo("You help.\nAlways.");
        assertThat(find("helper").tools()).isEqualTo(ToolChoice.ALL);
        assertThat(names()).containsExactly("default", "helper");
    }

    @Test
    void readsFilesAnewEachTime() throws Exception {
        var agents = folders.agents();
        assertThat(agents.find("default").instructions()).isEqualTo("Built in, in {workspace}.");

        Path file = folders.own("agents/default.md", "First.");
        assertThat(agents.find("default").instructions()).isEqualTo("First.");
        folders.own("agents/default.md", "Second.");
        assertThat(agents.find("default").instructions()).isEqualTo("Second.");
        Files.delete(file);
        assertThat(agents.find("default").instructions()).isEqualTo("Built in, in {workspace}.");
    }

    /// S2-77: nothing outside of the folder is ever named
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "..",
                "a/../../secret",
                "/etc/passwd",
                "a\\b",
                "A",
                "-a",
                "",
                " ",
                "a b",
                "a.md",
                "ä",
                "a\0",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesNamesThatAreNotNames(String name) {
        folders.own("secret.md", "Never read.");
        folders.own("agents/known.md", "Known.");

        assertThatThrownBy(() -> find(name))
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.error()).isInstanceOf(AgentError.InvalidRequest.class))
                .hasMessageContaining("a name is 1 to 64 of a-z 0-9 _ -")
                .hasMessageEndingWith("; known: default, known");
    }

    /// S2-79: what was undefined there
    @Test
    void namesTheKnownOnesWhereThereIsNone() {
        folders.own("agents/strudel.md", "Music.");

        assertThatThrownBy(() -> find("studel"))
                .isInstanceOf(AgentException.class)
                .hasMessage("there is no agent 'studel'; known: default, strudel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tools: filesystem.read        | 2 | 'tools' must be a list, such as [a, b]",
                "tools: [Read]                 | 2 | 'Read' names no tools",
                "tool: [filesystem.read]       | 2 | 'tool' is not known here; known: name, description, model, tools",
                "name: other                   | 2 | the name 'other' is not that of the file, 'broken'",
                "model: [a]                    | 2 | 'model' must be text",
                "approvals: {shell.run: never} | 2 | the approval of 'shell.run' must be auto, notify or confirm",
                "limits: {maxTurns: 0}         | 2 | 'maxTurns' must be a whole number of at least 1",
                "limits: {maxTurn: 3}          | 2 | 'maxTurn' is not known here; known: maxTurns",
                "budget: {usd: much}           | 2 | 'usd' must be a number of at least 0, such as 0.50",
                "budget: {usd: -1}             | 2 | 'usd' must be a number of at least 0",
                "budget: {tokens: 1.5}         | 2 | 'tokens' must be a whole number of at least 0",
                "skills: ['../x']              | 2 | '../x' is not the name of a skill",
                "model: a\\nmodel: b           | 3 | 'model' is there twice",
                "description: x\\n\\tmodel: b  | 3 | the front matter is not YAML",
                "just text                     | 2 | the front matter must be lines of 'key: value'",
                "a: &a [x]\\nb: *a             | 2 | the front matter is not YAML",
            })
    void aBrokenFileIsOneFindingAndTakesNoOtherDown(String yaml, int line, String problem) {
        Path file = folders.own(
                "agents/broken.md", "---\n" + yaml.replace("\\n", "\n").replace("\\t", "\t") + "\n---\nText.\n");
        folders.own("agents/good.md", "Good.");

        assertThat(names()).containsExactly("default", "good");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(file.toString());
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.message()).contains(problem).doesNotContain("\n");
        });
        assertThatThrownBy(() -> find("broken"))
                .isInstanceOf(AgentException.class)
                .hasMessage("the agent 'broken' cannot be used: "
                        + findings().getFirst().sentence());
        assertThat(find("good").instructions()).isEqualTo("Good.");
    }

    @Test
    void saysWhatElseIsWrongWithAFile() throws Exception {
        folders.own("agents/endless.md", "---\nmodel: x\n");
        folders.own("agents/silent.md", "---\nmodel: x\n---\n\n");
        folders.own("agents/large.md", "x".repeat(256 * 1024 + 1));
        folders.own("agents/My Agent.md", "Text.");
        folders.own("agents/deep.md", "---\na: " + "[".repeat(15_000) + "\n---\nText.");
        folders.own("agents/.hidden.md", "Text.");
        folders.own("agents/notes.txt", "Text.");
        Files.write(folders.data.resolve("agents/bytes.md"), new byte[] {'a', (byte) 0xC3});
        Files.createDirectories(folders.data.resolve("agents/folder.md"));

        assertThat(names()).containsExactly("default");
        assertThat(findings().stream().map(finding -> Path.of(finding.file()).getFileName() + ": " + finding.message()))
                .containsExactly(
                        "My Agent.md: the name of an agent's file must be 1 to 64 of a-z 0-9 _ -, beginning with a"
                                + " letter or digit",
                        "bytes.md: the file is not UTF-8",
                        "deep.md: the front matter is nested too deeply",
                        "endless.md: the front matter that begins here has no end: a line '---'",
                        "folder.md: this is not a regular file",
                        "large.md: the file is larger than 256 KiB",
                        "silent.md: there are no instructions: what the agent is told follows the front matter");
    }

    /// A broken restriction is not taken for none.
    @Test
    void nothingStepsInForABrokenFile() {
        folders.own("agents/default.md", "---\ntools: [oops\n---\nText.");

        assertThatThrownBy(() -> find("default")).hasMessageStartingWith("the agent 'default' cannot be used: ");
        assertThat(names()).isEmpty();
    }

    /// P13 K9
    @Test
    void readsNothingOfAWorkspaceThatIsNotTrusted() {
        folders.brought(".dwata/agents/canary.md", "CANARY");
        folders.brought(".dwata/agents/default.md", "CANARY");
        folders.brought(".dwata/agents/broken.md", "---\n[\n---\nCANARY");

        assertThat(names()).containsExactly("default");
        assertThat(findings()).isEmpty();
        assertThat(find("default").instructions()).doesNotContain("CANARY");
        assertThatThrownBy(() -> find("canary")).hasMessage("there is no agent 'canary'; known: default");

        folders.trusted = true;
        assertThat(names()).containsExactly("default", "canary");
        assertThat(find("default").source().kind()).isEqualTo(AgentSource.Kind.WORKSPACE);
        folders.own("agents/default.md", "Mine.");
        assertThat(find("default").instructions()).isEqualTo("Mine.");
    }

    /// I1: what a workspace links to is no file of its own
    @Test
    void aTrustedWorkspaceDoesNotLeadOutOfItself() throws Exception {
        folders.trusted = true;
        Path secret = folders.own("secret.md", "CANARY");
        Files.createDirectories(folders.workspace.resolve(".dwata/agents"));
        Files.createSymbolicLink(folders.workspace.resolve(".dwata/agents/leak.md"), secret);

        assertThat(names()).containsExactly("default");
        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("leads out of the workspace"));
        assertThatThrownBy(() -> find("leak")).hasMessageNotContaining("CANARY");
    }

    @Test
    void namesSkillsThatAreMissingOrBroken() {
        Path agent = folders.own("agents/worker.md", "---\nskills: [there, gone]\n---\nWork.");
        folders.own("skills/there/SKILL.md", "---\ndescription: It is.\n---\n");
        Path broken = folders.own("skills/broken/SKILL.md", "Nothing.");

        assertThat(findings())
                .containsExactly(
                        new Finding(
                                broken.toString(),
                                1,
                                "the front matter must have a description: what the skill is for, and when"),
                        new Finding(agent.toString(), null, "there is no skill 'gone'"));
    }

    /// S2-76
    @Test
    void namesVariablesThatAreMissing() {
        Path file = folders.own("agents/greeter.md", "Greet {who} in {language} at {time_now}, {\"a\": 1}.");
        folders.own("agents/.variables.json", "{\"language\": \"Latin\"}");

        assertThat(findings())
                .containsExactly(
                        new Finding(file.toString(), null, "there is no variable 'who' in .variables.json beside it"));
        assertThat(names()).containsExactly("default", "greeter");
    }
}
