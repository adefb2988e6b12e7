package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MoveAndDeleteTest {
    @TempDir
    Path root;

    private ToolCalls tools;

    @BeforeEach
    void open() throws IOException {
        tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
        Files.createDirectories(root.resolve("src/deep"));
        Files.writeString(root.resolve("src/a.txt"), "a");
        Files.writeString(root.resolve("src/deep/b.txt"), "b");
        Files.writeString(root.resolve("c.txt"), "c");
    }

    @Test
    void movesAFileAndMakesItsFolders() throws IOException {
        assertThat(move("c.txt", "new/folder/d.txt")).isEqualTo(json("""
                {"success":true,"from":"c.txt","to":"new/folder/d.txt","replaced":false}"""));

        assertThat(root.resolve("c.txt")).doesNotExist();
        assertThat(Files.readString(root.resolve("new/folder/d.txt"))).isEqualTo("c");
        assertThat(root).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void movesAFolder() throws IOException {
        assertThat(move("src", "lib").get("success").booleanValue()).isTrue();

        assertThat(Files.readString(root.resolve("lib/deep/b.txt"))).isEqualTo("b");
    }

    @Test
    void replacesAFileOnlyWhenAsked() throws IOException {
        assertThat(move("c.txt", "src/a.txt").get("error").stringValue())
                .isEqualTo("'src/a.txt' exists; set 'overwrite' to replace it");
        assertThat(Files.readString(root.resolve("src/a.txt"))).isEqualTo("a");

        JsonNode result = tools.call("filesystem.move", Map.of("from", "c.txt", "to", "src/a.txt", "overwrite", true));
        assertThat(result.get("replaced").booleanValue()).isTrue();
        assertThat(Files.readString(root.resolve("src/a.txt"))).isEqualTo("c");
    }

    @Test
    void doesNotMoveWhatCannotBe() {
        assertThat(move("src", "src/deep/src").get("error").stringValue())
                .isEqualTo("'src' cannot be moved to 'src/deep/src', which is in it");
        assertThat(move("c.txt", "c.txt").get("error").stringValue()).endsWith("which is the same");
        assertThat(move("c.txt", "src").get("error").stringValue()).isEqualTo("'src' is a folder");
        assertThat(move(".", "lib").get("error").stringValue()).isEqualTo("'.' is the workspace itself");
        assertThat(move("no", "lib").get("error").stringValue()).isEqualTo("there is no 'no' in the workspace");
    }

    @Test
    void deletesAFileOrAnEmptyFolder() throws IOException {
        Files.createDirectory(root.resolve("empty"));

        assertThat(delete("c.txt", false)).isEqualTo(json("""
                {"success":true,"path":"c.txt","deleted":1}"""));
        assertThat(delete("empty", false).get("deleted").intValue()).isEqualTo(1);
        assertThat(delete("empty", false).get("deleted").intValue()).isZero();
        assertThat(root.resolve("c.txt")).doesNotExist();
    }

    @Test
    void deletesWhatIsInAFolderOnlyWhenAsked() {
        assertThat(delete("src", false).get("error").stringValue())
                .isEqualTo("'src' is a folder with 3 files and folders in it; set 'recursive' to delete them, too");
        assertThat(root.resolve("src/deep/b.txt")).exists();

        assertThat(delete("src", true).get("deleted").intValue()).isEqualTo(4);
        assertThat(root.resolve("src")).doesNotExist();
        assertThat(delete(".", true).get("error").stringValue()).isEqualTo("'.' is the workspace itself");
    }

    @Test
    void saysWhatWouldBeDeletedAndIsNeverAgreedToForAlways() throws Exception {
        CallReview review = tools.review("filesystem.delete", Map.of("path", "src", "recursive", true));

        Path src = root.toRealPath().resolve("src");
        assertThat(review.bound())
                .containsOnly(
                        Map.entry(
                                "path",
                                src + " " + Files.readAttributes(src, "fileKey").get("fileKey")),
                        Map.entry("in_it", "3 files and folders"));
        assertThat(review.always()).isNull();
        assertThatThrownBy(() -> tools.review("filesystem.delete", Map.of("path", "no")))
                .hasMessage("there is no 'no' in the workspace");
    }

    private JsonNode move(String from, String to) {
        return tools.call("filesystem.move", Map.of("from", from, "to", to));
    }

    private JsonNode delete(String path, boolean recursive) {
        return tools.call("filesystem.delete", Map.of("path", path, "recursive", recursive));
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
