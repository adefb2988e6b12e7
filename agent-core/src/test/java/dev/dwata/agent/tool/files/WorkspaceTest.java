package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the jail of the file tools lets through. S4-157
@Timeout(60)
class WorkspaceTest {
    @TempDir
    Path folder;

    private Path root;
    private Path outside;
    private ToolCalls tools;

    @BeforeEach
    void makeSecret() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        tools = ToolCalls.of(FileTools.in(workspace(root)));
    }

    Workspace workspace(Path path) throws IOException {
        return Workspace.at(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside/secret.txt",
                "..",
                "a/../../outside/secret.txt",
                "./../outside/secret.txt",
                "a/..",
                "../root/inside.txt"
            })
    void doesNotGoUp(String path) throws IOException {
        Files.createDirectory(root.resolve("a"));

        assertThat(errors(path)).containsOnly("'" + path + "' must not contain '..'");
        assertNothingHappenedOutside();
    }

    @Test
    void doesNotTakeAbsolutePathsOutside() throws IOException {
        String secret = outside.resolve("secret.txt").toString();

        assertThat(errors(secret)).containsOnly("'" + secret + "' is outside of the workspace");
        String sibling = root + "-other/file.txt";
        assertThat(errors(sibling)).containsOnly("'" + sibling + "' is outside of the workspace");
        assertNothingHappenedOutside();
    }

    @Test
    void takesAbsolutePathsInside() throws IOException {
        Files.writeString(root.resolve("inside.txt"), "here");

        assertThat(read(root.resolve("inside.txt").toString())).isEqualTo("here");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void takesAbsolutePathsByTheNameTheWorkspaceWasGiven() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);
        Files.writeString(root.resolve("inside.txt"), "here");
        tools = ToolCalls.of(FileTools.in(workspace(link)));

        assertThat(read(link.resolve("inside.txt").toString())).isEqualTo("here");
        assertThat(read(root.toRealPath().resolve("inside.txt").toString())).isEqualTo("here");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void doesNotFollowLinksThatLeadOut() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("twice"), root.resolve("folder"));

        assertThat(readError("file")).isEqualTo(leadsOut("file"));
        assertThat(errors("folder/secret.txt")).containsOnly(leadsOut("folder"));
        assertThat(errors("folder/new.txt")).containsOnly(leadsOut("folder"));
        assertThat(errors("relative/secret.txt")).containsOnly(leadsOut("relative"));
        assertThat(errors("twice/secret.txt")).containsOnly(leadsOut("twice"));
        assertThat(listError("folder")).isEqualTo(leadsOut("folder"));
        assertThat(findError("folder")).isEqualTo(leadsOut("folder"));
        assertNothingHappenedOutside();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void followsLinksThatStayInsideWhenReading() throws IOException {
        Files.createDirectory(root.resolve("real"));
        Files.writeString(root.resolve("real/inside.txt"), "here");
        Files.createSymbolicLink(root.resolve("link"), Path.of("real"));

        assertThat(read("link/inside.txt")).isEqualTo("here");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysThatALinkLeadsNowhere() throws IOException {
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("missing"));
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("pool"));
        Files.createSymbolicLink(root.resolve("pool"), root.resolve("loop"));

        assertThat(readError("dangling")).isEqualTo(leadsOut("dangling"));
        assertThat(readError("loop")).isEqualTo(leadsOut("loop"));
        assertThat(errors("loop/a.txt")).containsOnly(leadsOut("loop"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void doesNotWriteThroughALink() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("new.txt"));
        Files.writeString(root.resolve("inside.txt"), "here");
        Files.createSymbolicLink(root.resolve("alias"), Path.of("inside.txt"));

        for (String path : List.of("file", "dangling", "alias")) {
            assertThat(writeError(path))
                    .isEqualTo("'" + path + "' is a symbolic link; write to the file that it leads to");
        }
        assertThat(Files.readString(root.resolve("inside.txt"))).isEqualTo("here");
        assertNothingHappenedOutside();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void touchesNothingButRegularFiles() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(mkfifo.exitValue()).isZero();

        assertThat(readError("pipe")).isEqualTo("'pipe' is not a regular file");
        assertThat(writeError("pipe")).isEqualTo("'pipe' is not a regular file");
        assertThat(listError("pipe")).isEqualTo("'pipe' is not a folder");
    }

    @Test
    void tellsFilesFromFolders() throws IOException {
        Files.createDirectory(root.resolve("folder"));
        Files.writeString(root.resolve("file"), "x");

        assertThat(readError("folder")).isEqualTo("'folder' is a folder, not a file");
        assertThat(writeError("folder")).isEqualTo("'folder' is a folder");
        assertThat(writeError(".")).isEqualTo("'.' is a folder, not a file");
        assertThat(readError("file/deeper")).isEqualTo("'file' is not a folder");
        assertThat(writeError("file/deeper")).isEqualTo("'file' is not a folder");
        assertThat(listError("file")).isEqualTo("'file' is not a folder");
        assertThat(readError("missing")).isEqualTo("there is no 'missing' in the workspace");
        assertThat(listError("missing/deeper")).isEqualTo("there is no 'missing/deeper' in the workspace");
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThat(errors("a\0b")).containsOnly("path must not contain the character NUL");
        assertThat(readError("")).isEqualTo("path must not be empty");
        assertThat(writeError("")).isEqualTo("path must not be empty");
        assertThat(errors("x".repeat(5000))).containsOnly("path must have at most 4096 bytes");
        assertThat(errors("d/".repeat(64) + "f")).containsOnly("path must have at most 64 parts, not 65");
    }

    @Test
    void reachesDeepFiles() {
        String deep = "d/".repeat(63) + "file.txt";

        tools.call("filesystem.write", Map.of("path", deep, "content", "deep"));

        assertThat(read(deep)).isEqualTo("deep");
    }

    @Test
    void takesNamesOfAllLanguages() {
        for (String name : List.of("größe.txt", "文書.md", "naïve file.txt", "emoji 😀.txt", "-rf", "~", " ")) {
            tools.call("filesystem.write", Map.of("path", name, "content", name));

            assertThat(read(name)).isEqualTo(name);
        }
    }

    @Test
    void mustBeAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> Workspace.at(file))
                .isInstanceOf(AgentException.class)
                .hasMessage("the workspace '" + file + "' is not a folder that can be read");
        assertThatThrownBy(() -> Workspace.at(folder.resolve("missing"))).isInstanceOf(AgentException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isNotTheFolderThatWasPutInItsPlace() throws IOException {
        Files.writeString(root.resolve("inside.txt"), "here");
        Files.move(root, folder.resolve("moved"));
        Files.createSymbolicLink(root, outside);

        assertThat(errors("secret.txt"))
                .containsOnly("the folder of the workspace was replaced by another; start again to use that one");
        assertNothingHappenedOutside();
    }

    /// I8
    @Test
    void isNotAFolderThatAgentsMustNotHave() throws IOException {
        Path home = Path.of(System.getProperty("user.home"));
        Path data = Files.createDirectories(root.resolve("below/data"));

        assertThatThrownBy(() -> Workspace.at(root.getRoot())).hasMessageContaining("it is the whole file system");
        assertThatThrownBy(() -> Workspace.at(home)).hasMessageContaining("it is or contains your home");
        for (Path unfit : List.of(root, root.resolve("below"), data, Files.createDirectory(data.resolve("deeper")))) {
            assertThatThrownBy(() -> Workspace.at(unfit, List.of(data)))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("where dwata keeps its own data");
        }
        assertThatThrownBy(() -> Workspace.at(root, List.of(root.resolve("not/there/yet"))))
                .isInstanceOf(AgentException.class);
        assertThat(Workspace.at(outside, List.of(data)).root()).isEqualTo(outside.toRealPath());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isNotWhatTheSystemSaysAboutItself() {
        assertThatThrownBy(() -> Workspace.at(Path.of("/proc/self"))).hasMessageContaining("not a folder of files");
    }

    private void assertNothingHappenedOutside() throws IOException {
        assertThat(Files.readString(outside.resolve("secret.txt"))).isEqualTo("secret");
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).hasSize(1);
        }
    }

    private static String leadsOut(String path) {
        return "'" + path + "' is a symbolic link that leads out of the workspace or nowhere";
    }

    private List<String> errors(String path) {
        return List.of(readError(path), writeError(path), listError(path), findError(path));
    }

    private String read(String path) {
        return tools.call("filesystem.read", Map.of("path", path))
                .path("content")
                .stringValue();
    }

    private String readError(String path) {
        return tools.error("filesystem.read", Map.of("path", path));
    }

    private String writeError(String path) {
        return tools.error("filesystem.write", Map.of("path", path, "content", "overwritten"));
    }

    private String listError(String path) {
        return tools.error("filesystem.list", Map.of("path", path));
    }

    private String findError(String path) {
        return tools.error("filesystem.find", Map.of("pattern", "*", "path", path));
    }
}
