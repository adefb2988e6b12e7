package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// S4-157
class WriteFileTest {
    @TempDir
    Path root;

    private ToolCalls tools;

    @BeforeEach
    void open() {
        tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
    }

    @Test
    void needsAPersonsApprovalAndMayRunTwice() {
        ToolSpec spec = tools.tools().find("filesystem.write").orElseThrow().spec();

        assertThat(spec.approval()).isEqualTo(Approval.CONFIRM);
        assertThat(spec.effect()).isEqualTo(Effect.IDEMPOTENT);
    }

    @Test
    void makesAFileWithTheFoldersItNeeds() throws IOException {
        assertThat(write("a/b/c.txt", "grün\n")).isEqualTo(json("""
                {"success":true,"path":"a/b/c.txt","size":6,"created":true}"""));

        assertThat(Files.readString(root.resolve("a/b/c.txt"))).isEqualTo("grün\n");
        assertThat(names(root.resolve("a/b"))).containsExactly("c.txt");
    }

    @Test
    void makesAFolderForManyAtTheSameTime() throws Exception {
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                String folder = "round" + round + "/deep/";
                List<Callable<JsonNode>> calls = IntStream.range(0, 8)
                        .<Callable<JsonNode>>mapToObj(i -> () -> write(folder + i, "x"))
                        .toList();
                for (Future<JsonNode> call : many.invokeAll(calls)) {
                    assertThat(call.get().path("created").booleanValue())
                            .as("" + call.get())
                            .isTrue();
                }
                assertThat(names(root.resolve(folder))).hasSize(8);
            }
        }
    }

    @Test
    void replacesAFileAndLeavesNothingElseBehind() throws IOException {
        Files.writeString(root.resolve("notes.txt"), "a much longer text than the new one");

        assertThat(write("notes.txt", "new")).isEqualTo(json("""
                {"success":true,"path":"notes.txt","size":3,"created":false}"""));

        assertThat(Files.readString(root.resolve("notes.txt"))).isEqualTo("new");
        assertThat(names(root)).containsExactly("notes.txt");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsPermissionsAndLeavesOtherNamesOfTheFileAlone() throws IOException {
        Path script = Files.writeString(root.resolve("run.sh"), "old");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        Path other = Files.createLink(root.resolve("other.sh"), script);

        write("run.sh", "new");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x---");
        assertThat(Files.readString(script)).isEqualTo("new");
        assertThat(Files.readString(other)).isEqualTo("old");
    }

    @Test
    void leavesNoTemporaryFileWhenItFails() throws IOException {
        String tooLong = "x".repeat(300);

        assertThat(tools.error("filesystem.write", Map.of("path", tooLong, "content", "x")))
                .startsWith("'" + tooLong + "': ");
        assertThat(names(root)).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysThatAFileOrFolderMayNotBeWritten() throws IOException {
        Path file = Files.writeString(root.resolve("fixed.txt"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        JsonNode result = write("fixed.txt", "new");

        // To root nothing is read-only.
        assertThat(result.path("error").stringValue(""))
                .isEqualTo(Files.isWritable(file) ? "" : "'fixed.txt' is read-only");
        assertThat(Files.readString(file)).isEqualTo(Files.isWritable(file) ? "new" : "old");
    }

    @Test
    void leavesTheOldFileWhenCancelled() throws IOException {
        Path file = Files.writeString(root.resolve("notes.txt"), "old");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> write("notes.txt", "new")).hasCauseInstanceOf(InterruptedException.class);

        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(names(root)).containsExactly("notes.txt");
    }

    @Test
    void refusesMoreThanTenMebibytes() {
        String content = "x".repeat(10 * 1024 * 1024);

        assertThat(write("big", content).get("size").longValue()).isEqualTo(content.length());
        assertThat(tools.error("filesystem.write", Map.of("path", "bigger", "content", content + "x")))
                .isEqualTo("'content' has 10485761 bytes; at most 10485760 can be written");
        assertThat(root.resolve("bigger")).doesNotExist();
    }

    private JsonNode write(String path, String content) {
        return tools.call("filesystem.write", Map.of("path", path, "content", content));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
