package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.Checkout;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agents as files of the data folder, on the command line.
class AgentsCommandTest {
    @TempDir
    Path folder;

    private SlowModel model;
    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        model = new SlowModel();
        dwata = new Dwata(folder).with("OPENAI_BASE_URL", model.url());
        own("agents/reviewer.md", Checkout.text("cli/src/test/resources/agents/reviewer.md"));
        own("agents/.variables.json", "{\"house_style\": \"no style\"}");
    }

    @AfterEach
    void close() {
        model.close();
    }

    private Path own(String file, String text) throws Exception {
        Path path = dwata.home.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private JsonNode ask(String... arguments) throws Exception {
        model.say("Fine.");
        model.finish();
        Ran ran = dwata.call(arguments);
        assertThat(ran.code()).as(ran.err()).isZero();
        return Json.MAPPER.readTree(model.requests.getLast());
    }

    /// S2-66 S2-75 S2-76: the example of the README
    @Test
    void asksTheAgentThatIsNamed() throws Exception {
        JsonNode request = ask("--agent", "reviewer", "What do you think?");

        assertThat(request.at("/messages/0/content").stringValue())
                .matches("(?s)You review changes in " + dwata.workspace
                        + "\\. It is \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d; the house style is no style\\.\n.*");
        assertThat(request.path("tools").values().stream()
                        .map(tool -> tool.at("/function/name").stringValue()))
                .containsExactly("filesystem__list", "filesystem__read", "filesystem__find", "filesystem__search");
        assertThat(ask("Hello").at("/messages/0/content").stringValue()).startsWith("You are dwata, an agent");
    }

    @Test
    void listsAndShowsAgents() throws Exception {
        Path broken = own("agents/broken.md", "---\ntools: all\n---\nText.");
        own("skills/broken/SKILL.md", "Text.");

        Ran listed = dwata.call("agents");

        assertThat(listed.code()).isZero();
        assertThat(listed.out().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .matches("default +- +built_in +Works for the person at this computer, with all tools\\."))
                .anySatisfy(line ->
                        assertThat(line).matches("reviewer +- +data_folder +Reads what has changed and says .*"));
        assertThat(listed.err())
                .contains("dwata: " + broken + ", line 2: 'tools' must be a list, such as [a, b]\n")
                .contains("SKILL.md, line 1: the front matter must have a description");
        assertThat(dwata.call("agents", "show", "reviewer").out())
                .containsPattern(
                        "tools +filesystem\\.list, filesystem\\.read, filesystem\\.find, filesystem\\.search\n")
                .containsPattern("approvals +filesystem\\.read notify\n")
                .containsPattern("limits +maxTurns 12\n")
                .endsWith("Name the file and the line of each problem. Change nothing.\n");
        List<JsonNode> lines = dwata.call("agents", "--json")
                .out()
                .lines()
                .map(Json.STRICT::readTree)
                .toList();
        assertThat(lines.get(1).path("name").stringValue()).isEqualTo("reviewer");
        assertThat(lines.get(2).path("file").stringValue()).isEqualTo(broken.toString());
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Files.delete(dwata.home.resolve("agents/.variables.json"));

        assertThat(dwata.call("agents").err())
                .isEqualTo("dwata: " + dwata.home.resolve("agents/reviewer.md")
                        + ": there is no variable 'house_style' in .variables.json beside it\n");
        assertThat(dwata.call("agents", "show", "nobody"))
                .isEqualTo(new Ran(2, "", "dwata: there is no agent 'nobody'; known: default, reviewer\n"));
        assertThat(dwata.call("agents", "show").code()).isEqualTo(2);
        assertThat(dwata.call("agents", "list", "reviewer").code()).isEqualTo(2);
    }

    @Test
    void theSessionsAgentIsSetByACommand() throws Exception {
        assertThat(dwata.call("/new").code()).isZero();
        assertThat(dwata.call("/agent reviewer").out()).isEqualTo("This session now uses agent reviewer.\n");

        assertThat(ask("Go on.").at("/messages/0/content").stringValue()).startsWith("You review changes");
    }

    @Test
    void theDefaultCanBeReplaced() throws Exception {
        own("agents/default.md", "You are mine.");

        assertThat(ask("Hello").at("/messages/0/content").stringValue())
                .startsWith("You are mine.")
                .contains("- reviewer: Reads what has changed");
    }
}
