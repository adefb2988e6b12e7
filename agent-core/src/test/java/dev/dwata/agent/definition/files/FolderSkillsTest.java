package dev.dwata.agent.definition.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.definition.AgentSource;
import dev.dwata.agent.definition.Skill;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.skills.SkillTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSkillsTest {
    private static final String SKILL = "---\nname: %s\ndescription: %s\n---\n# How\nRead more.md.\n";

    @TempDir
    Path folder;

    private Folders folders;
    private ToolCalls tools;

    @BeforeEach
    void prepare() {
        folders = new Folders(folder);
        tools = ToolCalls.of(SkillTools.over(new FolderSkills(folders.places)));
    }

    private FolderSkills skills() {
        return new FolderSkills(folders.places);
    }

    @Test
    void thePersonsOwnComesFirst() throws Exception {
        folders.trusted = true;
        folders.own("skills/a/SKILL.md", SKILL.formatted("a", "mine"));
        folders.brought(".dwata/skills/a/SKILL.md", SKILL.formatted("a", "theirs"));
        folders.brought(".dwata/skills/b/SKILL.md", SKILL.formatted("b", "theirs"));
        folders.brought(".agents/skills/b/SKILL.md", SKILL.formatted("b", "elsewhere"));
        folders.brought(".agents/skills/c/SKILL.md", SKILL.formatted("c", "theirs"));
        folders.own("skills/README.md", "no skill");
        Files.createDirectories(folders.data.resolve("skills/empty"));

        assertThat(skills().list().findings()).isEmpty();
        assertThat(skills().list().skills().stream().map(Skill::description))
                .containsExactly("mine", "theirs", "theirs");
        assertThat(skills().find("b").orElseThrow().source())
                .isEqualTo(new AgentSource(
                        AgentSource.Kind.WORKSPACE,
                        folders.workspace.resolve(".dwata/skills/b/SKILL.md").toString()));
        folders.trusted = false;
        assertThat(skills().list().skills()).hasSize(1);
        assertThat(skills().find("c")).isEmpty();
    }

    @Test
    void aBrokenSkillIsOneFinding() {
        folders.own("skills/good/SKILL.md", SKILL.formatted("good", "good"));
        folders.own("skills/named/SKILL.md", SKILL.formatted("other", "x"));
        folders.own("skills/silent/SKILL.md", "No front matter.");
        folders.own("skills/Not A Name/SKILL.md", SKILL.formatted("x", "x"));
        folders.own("skills/wordy/SKILL.md", SKILL.formatted("wordy", "x".repeat(1_025)));

        assertThat(skills().list().skills()).hasSize(1);
        assertThat(skills().list().findings().stream().map(finding -> finding.line() + " " + finding.message()))
                .containsExactly(
                        "null the folder of a skill must be called 1 to 64 of a-z 0-9 _ -, beginning with a letter or"
                                + " digit",
                        "2 the name 'other' is not that of the folder, 'named'",
                        "1 the front matter must have a description: what the skill is for, and when",
                        "3 the description must have at most 1024 characters");
    }

    @Test
    void theToolReadsASkillAndItsFiles() {
        folders.own("skills/a/SKILL.md", SKILL.formatted("a", "x"));
        folders.own("skills/a/docs/more.md", "One\nTwo\n");

        assertThat(tools.call("skill.read", Map.of("name", "a")).path("content").stringValue())
                .isEqualTo(SKILL.formatted("a", "x"));
        assertThat(tools.call("skill.read", Map.of("name", "a", "path", "docs/more.md", "offset", 2))
                        .path("content")
                        .stringValue())
                .isEqualTo("Two\n");
        assertThat(tools.error("skill.read", Map.of("name", "b"))).isEqualTo("there is no skill 'b'; there are a");
    }

    /// P11: the folder of the skill is all there is
    @ParameterizedTest
    @ValueSource(strings = {"../b/SKILL.md", "../../agents/default.md", "link", "/etc/passwd", "a\0b", ""})
    void theToolReadsNothingElse(String path) throws Exception {
        folders.own("skills/a/SKILL.md", SKILL.formatted("a", "x"));
        folders.own("skills/b/SKILL.md", SKILL.formatted("b", "CANARY"));
        folders.own("agents/default.md", "CANARY");
        Files.createSymbolicLink(folders.data.resolve("skills/a/link"), folders.own("secret", "CANARY"));

        assertThat(tools.error("skill.read", Map.of("name", "a", "path", path))).doesNotContain("CANARY");
        assertThat(tools.error("skill.read", Map.of("name", "../skills/a"))).startsWith("there is no skill");
    }

    @Test
    void aWorkspacesSkillLiesInside() throws Exception {
        folders.trusted = true;
        Path outside = folders.own("elsewhere/SKILL.md", SKILL.formatted("leak", "CANARY"))
                .getParent();
        Files.createDirectories(folders.workspace.resolve(".agents/skills"));
        Files.createSymbolicLink(folders.workspace.resolve(".agents/skills/leak"), outside);

        assertThat(skills().list().skills()).isEmpty();
        assertThat(skills().list().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("leads out of the workspace"));
        assertThat(tools.error("skill.read", Map.of("name", "leak"))).doesNotContain("CANARY");
    }
}
