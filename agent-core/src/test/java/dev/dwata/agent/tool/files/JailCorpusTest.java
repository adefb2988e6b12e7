package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What others tried on jails of files, with every tool: what is outside stays as it was. P11, S4-157
@Timeout(120)
class JailCorpusTest {
    private static final List<String> DOTS =
            List.of("..", "...", "....", ".. ", "..\t", "%2e%2e", "%252e%252e", "..;", "．．", "‥", "\\..", "..\u0000");
    private static final List<String> SEPARATORS =
            List.of("/", "\\", "//", "/./", "%2f", "%5c", "%c0%af", "∕", "／", "＼", "\n");

    @TempDir
    Path folder;

    private Outside outside;

    @BeforeEach
    void open() throws IOException {
        outside = Outside.of(folder);
    }

    /// I1
    @Test
    void noSpellingOfAPathLeadsOut() throws IOException {
        List<String> paths = new ArrayList<>();
        for (String dots : DOTS) {
            for (String separator : SEPARATORS) {
                paths.add(dots + separator + "outside" + separator + "secret.txt");
                paths.add("a" + separator + (dots + separator).repeat(2) + "outside" + separator + "secret.txt");
            }
        }
        for (String path : paths) {
            assertThat(outside.all(path))
                    .as(path)
                    .noneMatch(result -> result.toString().contains(Outside.CANARY));
        }
        outside.assertUntouched();
    }

    /// I1
    @Test
    void whatIsNoPathInsideIsRefusedByEveryTool() throws IOException {
        String secret = outside.secret().toString();
        List<String> paths = List.of(
                secret,
                "//" + secret,
                "/." + secret,
                outside.root() + "/../outside/secret.txt",
                outside.root() + "-else/secret.txt",
                "/etc/passwd",
                "//etc/passwd",
                "~/.ssh/id_rsa",
                "~\\secret.txt",
                "C:\\Windows\\win.ini",
                "c:/Windows/win.ini",
                "\\\\server\\share\\file",
                "file:" + secret,
                "file://" + secret,
                "FILE:///etc/passwd",
                "a/\0/secret.txt",
                "a/inside.txt\0.png",
                "a/\u202Etxt.edisni",
                "a/\u2066inside.txt",
                "\uFEFFa/inside.txt",
                "a/in\u001Bside.txt",
                "a/in\nside.txt",
                "a/\uD83D",
                "a/\uDE00.txt",
                "a/../a/inside.txt",
                "d/".repeat(5000) + "file",
                "../".repeat(1300) + "etc/passwd");

        for (String path : paths) {
            assertThat(outside.all(path)).as(path).allSatisfy(result -> {
                assertThat(result.get("success").booleanValue())
                        .as(result.toString())
                        .isFalse();
                assertThat(result.get("error").stringValue()).isNotBlank();
            });
        }
        assertThat(Files.readString(outside.root().resolve("a/inside.txt"))).isEqualTo("inside");
        outside.assertUntouched();
    }

    /// I1
    @Test
    void aNameThatIsTooLongIsAnError() throws IOException {
        assertThat(outside.all("x".repeat(256)))
                .allMatch(result -> !result.get("success").booleanValue());
        assertThat(outside.all("a/" + "x".repeat(256) + "/y"))
                .allMatch(result -> !result.get("success").booleanValue());
    }

    /// I2, I3
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void noLinkLeadsOut() throws IOException {
        Path root = outside.root();
        link("file", outside.secret());
        link("folder", outside.secret().getParent());
        link("relative", Path.of("../outside"));
        link("a/deep", Path.of("../../outside"));
        link("chain", Path.of("folder"));
        link("longer", Path.of("chain"));
        link("dangling", outside.folder().resolve("outside/new.txt"));
        link("danglingFolder", outside.folder().resolve("new"));
        link("loop", Path.of("pool"));
        link("pool", Path.of("loop"));
        link("self", Path.of("self/self"));
        link("slash", Path.of("/"));
        link("proc", Path.of("/proc/self/root"));
        link("cwd", Path.of("/proc/self/cwd"));
        link("environ", Path.of("/proc/self/environ"));
        link("zero", Path.of("/dev/zero"));
        for (String path : List.of(
                "file",
                "folder",
                "folder/secret.txt",
                "folder/new.txt",
                "folder/deeper/too.txt",
                "relative/secret.txt",
                "a/deep/secret.txt",
                "chain/secret.txt",
                "longer/secret.txt",
                "longer",
                "dangling",
                "dangling/x",
                "danglingFolder/x",
                "loop",
                "loop/x",
                "self",
                "self/x",
                "slash/etc/passwd",
                "proc" + outside.secret(),
                "proc/etc/passwd",
                "cwd/pom.xml",
                "environ",
                "zero",
                root.resolve("folder/secret.txt").toString())) {
            assertThat(outside.all(path))
                    .as(path)
                    .allSatisfy(result -> assertThat(result.get("success").booleanValue())
                            .as(result.toString())
                            .isFalse());
        }
        outside.assertUntouched();
        assertThat(root.resolve("folder")).isSymbolicLink();
    }

    /// I2: what is found by looking around does not go through links either.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void lookingAroundDoesNotFollowLinks() throws IOException {
        link("folder", outside.secret().getParent());
        link("file", outside.secret());
        link("up", Path.of(".."));

        JsonNode search = outside.tools().call("filesystem.search", Map.of("query", "CANARY"));
        assertThat(search.get("lines")).isEmpty();
        assertThat(outside.tools()
                        .call("filesystem.find", Map.of("pattern", "secret*"))
                        .get("entries"))
                .isEmpty();
        assertThat(outside.tools()
                        .call("filesystem.delete", Map.of("path", "a", "recursive", true))
                        .get("deleted")
                        .intValue())
                .isEqualTo(3);
        outside.assertUntouched();
    }

    /// I2: a folder with links in it can be deleted; what they lead to stays.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void deletingAFolderDeletesLinksAndNotWhatTheyLeadTo() throws IOException {
        link("a/folder", outside.secret().getParent());
        link("a/b/file", outside.secret());

        JsonNode result = outside.tools().call("filesystem.delete", Map.of("path", "a", "recursive", true));

        assertThat(result.get("deleted").intValue()).isEqualTo(5);
        assertThat(outside.root().resolve("a")).doesNotExist();
        outside.assertUntouched();
    }

    /// I4
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatIsOutsideByAnotherNameKeepsItsContent() throws IOException {
        Path own = outside.root().resolve("own.txt");
        Files.createLink(own, outside.secret());
        outside.tools().call("filesystem.edit", Map.of("path", "own.txt", "old_text", "CANARY", "new_text", "x"));
        assertThat(Files.readString(own)).isEqualTo("x-7f3a");

        Files.delete(own);
        Files.createLink(own, outside.secret());
        outside.tools().call("filesystem.write", Map.of("path", "own.txt", "content", "x"));
        outside.tools().call("filesystem.move", Map.of("from", "a/inside.txt", "to", "own.txt", "overwrite", true));
        assertThat(Files.readString(own)).isEqualTo("inside");
        outside.assertUntouched();
    }

    /// I6
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pipesSocketsAndFoldersAreNoFiles() throws Exception {
        Path pipe = outside.root().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(30, TimeUnit.SECONDS))
                .isTrue();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path name = outside.root().resolve("s");
            if (name.toString().length() < 100) {
                socket.bind(UnixDomainSocketAddress.of(name));
                assertThat(outside.all("s"))
                        .allMatch(result -> !result.get("success").booleanValue());
            }
            assertThat(outside.all("pipe"))
                    .allMatch(result -> !result.get("success").booleanValue());
            assertThat(outside.all("pipe/x"))
                    .allMatch(result -> !result.get("success").booleanValue());
            assertThat(outside.tools().error("filesystem.read", Map.of("path", "a")))
                    .isEqualTo("'a' is a folder, not a file");
            assertThat(outside.tools()
                            .call("filesystem.search", Map.of("query", "x"))
                            .get("success")
                            .booleanValue())
                    .isTrue();
        }
        assertThat(pipe).exists();
    }

    /// I6
    @Test
    @EnabledOnOs(OS.LINUX)
    void aGiganticFileIsNotReadWhole() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(outside.root().resolve("huge").toFile(), "rw")) {
            file.setLength(100L << 30);
        }

        assertThat(outside.tools()
                        .call("filesystem.read", Map.of("path", "huge"))
                        .get("binary")
                        .booleanValue())
                .isTrue();
        assertThat(outside.tools().error("filesystem.edit", Map.of("path", "huge", "old_text", "a", "new_text", "b")))
                .contains("has more than 10485760 bytes");
        assertThat(outside.tools()
                        .call("filesystem.search", Map.of("query", "x"))
                        .get("files")
                        .intValue())
                .isEqualTo(1);
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(outside.root().resolve(name), target);
    }
}
