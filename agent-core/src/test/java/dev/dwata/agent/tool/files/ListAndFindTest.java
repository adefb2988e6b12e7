package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// S4-157
class ListAndFindTest {
    @TempDir
    Path root;

    private ToolCalls tools;

    @BeforeEach
    void open() {
        tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
    }

    @Test
    void listsWhatIsInAFolderByName() throws IOException {
        file("b.txt", "12345");
        file(".hidden", "");
        file("src/Main.java", "class Main {}");

        assertThat(tools.call("filesystem.list", Map.of())).isEqualTo(json("""
                {"success":true,"path":".","entries":[
                  {"path":".hidden","type":"file","size":0},
                  {"path":"b.txt","type":"file","size":5},
                  {"path":"src","type":"folder"}],"truncated":false}"""));
        assertThat(tools.call("filesystem.list", Map.of("path", "src"))).isEqualTo(json("""
                {"success":true,"path":"src","entries":[
                  {"path":"src/Main.java","type":"file","size":13}],"truncated":false}"""));
    }

    @Test
    void listsNearFilesBeforeFarOnesAndGoesAsDeepAsAsked() throws IOException {
        file("a/b/c/d/e/f.txt", "");
        file("z.txt", "");

        assertThat(paths("filesystem.list", Map.of("depth", 2))).containsExactly("a", "z.txt", "a/b");
        assertThat(paths("filesystem.list", Map.of("depth", 5)))
                .containsExactly("a", "z.txt", "a/b", "a/b/c", "a/b/c/d", "a/b/c/d/e");
        assertThat(tools.error("filesystem.list", Map.of("depth", 6))).isEqualTo("'depth' must be 1 to 5, not 6");
        assertThat(tools.error("filesystem.list", Map.of("depth", 0))).isEqualTo("'depth' must be 1 to 5, not 0");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void showsLinksWithoutFollowingThem() throws IOException {
        file("real/inside.txt", "");
        Files.createSymbolicLink(root.resolve("link"), Path.of("real"));
        Files.createSymbolicLink(root.resolve("loop"), root);

        assertThat(tools.call("filesystem.list", Map.of("depth", 3)).get("entries"))
                .isEqualTo(json("""
                [{"path":"link","type":"link"},{"path":"loop","type":"link"},{"path":"real","type":"folder"},
                 {"path":"real/inside.txt","type":"file","size":0}]"""));
    }

    @Test
    void stopsAtAThousandEntries() throws IOException {
        for (int i = 0; i < 1001; i++) {
            file("many/%04d".formatted(i), "");
        }

        JsonNode all = tools.call("filesystem.list", Map.of("path", "many"));
        assertThat(all.get("entries")).hasSize(1000);
        assertThat(all.get("entries").get(999).get("path").stringValue()).isEqualTo("many/0999");
        assertThat(all.get("truncated").booleanValue()).isTrue();

        Files.delete(root.resolve("many/0500"));
        JsonNode fewer = tools.call("filesystem.list", Map.of("path", "many"));
        assertThat(fewer.get("entries")).hasSize(1000);
        assertThat(fewer.get("truncated").booleanValue()).isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void namesFoldersThatItCouldNotLookInto() throws IOException {
        Path closed = Files.createDirectory(root.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            JsonNode from = tools.call("filesystem.list", Map.of("depth", 2));
            JsonNode inside = tools.call("filesystem.list", Map.of("path", "closed"));

            // To root nothing is closed.
            boolean open = Files.isReadable(closed);
            assertThat(from.path("unreadable").toString()).isEqualTo(open ? "" : "[\"closed\"]");
            assertThat(inside.path("error").stringValue("")).isEqualTo(open ? "" : "permission denied: 'closed'");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void findsFilesByNameTheNearestFirst() throws IOException {
        file("docs/deep/guide.md", "");
        file("docs/a.md", "");
        file("README.md", "hello");
        file("notes.txt", "");

        assertThat(tools.call("filesystem.find", Map.of("pattern", "*.md"))).isEqualTo(json("""
                {"success":true,"pattern":"*.md","path":".","entries":[
                  {"path":"README.md","type":"file","size":5},
                  {"path":"docs/a.md","type":"file","size":0},
                  {"path":"docs/deep/guide.md","type":"file","size":0}],"truncated":false}"""));
        assertThat(paths("filesystem.find", Map.of("pattern", "readme*"))).containsExactly("README.md");
        assertThat(paths("filesystem.find", Map.of("pattern", "deep"))).containsExactly("docs/deep");
        assertThat(paths("filesystem.find", Map.of("pattern", "deep/*", "path", "docs")))
                .containsExactly("docs/deep/guide.md");
        assertThat(paths("filesystem.find", Map.of("pattern", "nothing"))).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThat(tools.error("filesystem.find", Map.of("pattern", "[a")))
                .isEqualTo("'pattern' has a '[' without its ']'");
        assertThat(tools.error("filesystem.find", Map.of("pattern", " ")))
                .isEqualTo("'pattern' must have 1 to 500 characters");
        assertThat(tools.error("filesystem.find", Map.of("pattern", "{a".repeat(10))))
                .isEqualTo("'pattern' has a '{' without its '}', or one inside of another");
        assertThat(tools.error("filesystem.find", Map.of("pattern", "{a,b}".repeat(7))))
                .isEqualTo("'pattern' must not stand for more than 64 alternatives");
    }

    private List<String> paths(String tool, Map<String, ?> arguments) {
        List<String> paths = new ArrayList<>();
        tools.call(tool, arguments)
                .get("entries")
                .forEach(entry -> paths.add(entry.get("path").stringValue()));
        return paths;
    }

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
