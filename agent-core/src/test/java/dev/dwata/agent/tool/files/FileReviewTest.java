package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people are told of a call, and what they are always asked about.
class FileReviewTest {
    @TempDir
    Path folder;

    private Path root;
    private ToolCalls tools;

    @BeforeEach
    void open() throws IOException {
        root = folder.toRealPath();
        tools = ToolCalls.of(FileTools.in(Workspace.at(root), true));
    }

    /// K3, K10
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void bindsTheRealPathAndWhatIsThere() throws Exception {
        Files.createDirectories(root.resolve("real"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("real"));

        assertThat(write("link/new/a.txt"))
                .isEqualTo(CallReview.PLAIN.withBound(Map.of("path", root + "/real/new/a.txt missing")));
        Path file = Files.writeString(root.resolve("real/a.txt"), "one");
        CallReview before = write("link/a.txt");
        assertThat(before.bound()).containsExactly(Map.entry("path", file + " " + key(file)));

        Files.move(Files.writeString(root.resolve("other"), "two"), root.resolve("real/b.txt"));
        Files.move(root.resolve("real/b.txt"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(write("link/a.txt")).isNotEqualTo(before);
    }

    /// I7, I9
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/hooks/pre-commit",
                ".git/config",
                "sub/.git/config",
                ".GIT/config",
                ".git./config",
                ".git /config",
                ".gi\u200Ct/config",
                "git~1/config",
                ".git::$INDEX_ALLOCATION/config",
                ".ｇit/config",
                ".env",
                ".env.local",
                ".ENV",
                ".Env ",
                ".envrc",
                "sub/.env",
                "AGENTS.md",
                "agents.MD",
                "docs/AGENTS.md",
                "CLAUDE.md",
                ".mcp.json",
                ".claude/settings.json",
                ".cursor/rules",
                ".vscode/tasks.json",
                ".idea/workspace.xml",
                ".dwata/agents/a.md",
                ".agents/skills/x/SKILL.md",
                ".bashrc",
                ".zshenv",
                ".profile",
                ".ssh/authorized_keys",
                ".gitconfig",
                ".npmrc",
                "key.pem",
                "id_ed25519"
            })
    void aPersonIsAlwaysAskedAboutWhatIsProtected(String path) throws Exception {
        CallReview review = write(path);

        assertThat(review.caution()).startsWith("'").contains("is protected");
        assertThat(review.always()).isNull();
        Files.writeString(root.resolve("a.txt"), "a");
        assertThat(tools.review("filesystem.move", Map.of("from", "a.txt", "to", path))
                        .caution())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "git/config", ".gitignore", "environment", "src/agents.java", "keys/readme"})
    void theRestIsLeftToTheRules(String path) throws Exception {
        assertThat(write(path).caution()).isNull();
        assertThat(write(path).always()).isEqualTo(Map.of());
    }

    /// A link to what is protected is as protected; what a folder holds counts, too.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatIsProtectedIsSoByAnyName() throws Exception {
        Files.createDirectories(root.resolve("sub/.git/hooks"));
        Files.writeString(root.resolve("sub/.git/config"), "x");
        Files.createSymbolicLink(root.resolve("innocent"), Path.of("sub/.git"));

        assertThat(write("innocent/config").caution()).contains("'sub/.git/config' is protected");
        assertThat(tools.review("filesystem.delete", Map.of("path", "sub", "recursive", true))
                        .caution())
                .isEqualTo("the folder contains '.git', which is protected");
        assertThat(tools.review("filesystem.move", Map.of("from", "sub", "to", "else"))
                        .caution())
                .isNotNull();
    }

    @Test
    void secretsAreNotReadWithoutAPerson() throws Exception {
        for (String name : new String[] {".env", ".ENV.production", "id_rsa", "server.pem", ".netrc"}) {
            Files.writeString(root.resolve(name), "x");
            assertThat(tools.review("filesystem.read", Map.of("path", name)).caution())
                    .as(name)
                    .isEqualTo("'" + name + "' may hold secrets, which the model's provider would be sent");
        }
        Files.writeString(root.resolve("a.txt"), "x");
        assertThat(tools.review("filesystem.read", Map.of("path", "a.txt")).caution())
                .isNull();
        assertThat(tools.review("filesystem.read", Map.of("path", "no"))).isEqualTo(CallReview.PLAIN);
    }

    @Test
    void nobodyIsAskedAboutWhatCannotBeDone() {
        assertThatThrownBy(() -> write("../a.txt")).hasMessage("'../a.txt' must not contain '..'");
        assertThatThrownBy(
                        () -> tools.review("filesystem.edit", Map.of("path", "no", "old_text", "a", "new_text", "b")))
                .hasMessage("there is no 'no' in the workspace");
    }

    @Test
    void trustChangesWhatIsAskedAbout() {
        ToolCalls untrusted = ToolCalls.of(FileTools.in(Workspace.at(root)));
        for (String name : new String[] {"write", "edit", "move"}) {
            assertThat(spec(tools, name).approval()).isEqualTo(Approval.AUTO);
            assertThat(spec(untrusted, name).approval()).isEqualTo(Approval.CONFIRM);
        }
        assertThat(spec(tools, "delete").approval()).isEqualTo(Approval.CONFIRM);
        for (String name : new String[] {"list", "read", "find", "search"}) {
            assertThat(spec(untrusted, name))
                    .matches(spec -> spec.approval() == Approval.AUTO
                            && spec.effect() == Effect.PURE
                            && spec.traits().isEmpty());
        }
        assertThat(spec(tools, "write"))
                .matches(spec -> spec.effect() == Effect.IDEMPOTENT && spec.has(ToolTrait.WRITE));
        assertThat(spec(tools, "edit")).matches(spec -> spec.effect() == Effect.ONCE && spec.has(ToolTrait.WRITE));
        assertThat(spec(tools, "move")).matches(spec -> spec.effect() == Effect.ONCE && spec.has(ToolTrait.WRITE));
        assertThat(spec(tools, "delete"))
                .matches(spec -> spec.effect() == Effect.IDEMPOTENT && spec.has(ToolTrait.WRITE));
    }

    private static ToolSpec spec(ToolCalls tools, String name) {
        return tools.tools().find("filesystem." + name).orElseThrow().spec();
    }

    private CallReview write(String path) throws Exception {
        return tools.review("filesystem.write", Map.of("path", path, "content", "x"));
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, "fileKey").get("fileKey");
    }
}
