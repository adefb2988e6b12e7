package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.ToolCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A workspace with a canary beside it, and every file tool let loose on a path.
///
/// @param folder holds the workspace and what is outside
record Outside(Path folder, Path root, Path secret, ToolCalls tools, Map<String, String> before) {
    static final String CANARY = "CANARY-7f3a";

    static Outside of(Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve("root")).toRealPath();
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/inside.txt"), "inside");
        Path outside = Files.createDirectories(folder.resolve("outside/deeper"))
                .getParent()
                .toRealPath();
        Path secret = Files.writeString(outside.resolve("secret.txt"), CANARY);
        Files.writeString(outside.resolve("deeper/too.txt"), CANARY);
        ToolCalls tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
        return new Outside(folder, root, secret, tools, snapshot(folder, root));
    }

    /// Calls every tool with `path`, reviews first.
    Stream<JsonNode> all(String path) {
        return Stream.of(
                call("filesystem.read", Map.of("path", path)),
                call("filesystem.list", Map.of("path", path, "depth", 3)),
                call("filesystem.find", Map.of("path", path, "pattern", "*")),
                call("filesystem.search", Map.of("path", path, "query", "CANARY")),
                call("filesystem.edit", Map.of("path", path, "old_text", CANARY, "new_text", "changed")),
                call("filesystem.write", Map.of("path", path, "content", "changed")),
                call("filesystem.move", Map.of("from", "a/inside.txt", "to", path)),
                call("filesystem.move", Map.of("from", "a/inside.txt", "to", path, "overwrite", true)),
                call("filesystem.move", Map.of("from", path, "to", "stolen.txt", "overwrite", true)),
                call("filesystem.delete", Map.of("path", path)),
                call("filesystem.delete", Map.of("path", path, "recursive", true)));
    }

    private JsonNode call(String tool, Map<String, ?> arguments) {
        try {
            CallReview review = tools.review(tool, arguments);
            assertThat(review.toString()).doesNotContain(CANARY);
        } catch (PathRefused e) {
            assertThat(e.sentence()).isNotBlank();
        } catch (Exception e) {
            throw new AssertionError("the review of " + tool + " failed with another exception", e);
        }
        return tools.call(tool, arguments);
    }

    /// Nothing outside was changed, added or taken.
    void assertUntouched() throws IOException {
        assertThat(snapshot(folder, root)).isEqualTo(before);
    }

    private static Map<String, String> snapshot(Path folder, Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(p -> !p.startsWith(root)).toList()) {
                boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                files.put(
                        path.toString(),
                        file
                                ? Arrays.toString(Files.readAllBytes(path)) + Files.getLastModifiedTime(path)
                                : String.valueOf(Files.isDirectory(path)));
            }
        }
        return files;
    }
}
