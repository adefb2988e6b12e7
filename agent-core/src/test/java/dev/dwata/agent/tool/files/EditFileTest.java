package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EditFileTest {
    @TempDir
    Path root;

    private ToolCalls tools;

    @BeforeEach
    void open() throws IOException {
        tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
        Files.writeString(root.resolve("a.txt"), "\uFEFFone\r\ntwo 😀\r\none\r\n");
    }

    @Test
    void replacesATextThatIsThereOnce() throws IOException {
        assertThat(edit("two 😀", "zwei")).isEqualTo(json("""
                {"success":true,"path":"a.txt","replaced":1,"size":19}"""));

        assertThat(Files.readString(root.resolve("a.txt"))).isEqualTo("\uFEFFone\r\nzwei\r\none\r\n");
    }

    @Test
    void asksForMoreWhereATextIsThereTwice() throws IOException {
        assertThat(edit("one", "1")).isEqualTo(json("""
                {"success":false,"error":"'old_text' is in 'a.txt' more than once; add what is around the right one, \
                or set 'replace_all'","retry":true}"""));

        assertThat(Files.readString(root.resolve("a.txt"))).contains("one\r\ntwo");
    }

    /// Two places that overlap are two places.
    @Test
    void doesNotGuessBetweenPlacesThatOverlap() throws IOException {
        Files.writeString(root.resolve("a.txt"), "aaa");

        assertThat(edit("aa", "b").path("retry").booleanValue()).isTrue();
        assertThat(Files.readString(root.resolve("a.txt"))).isEqualTo("aaa");
    }

    @Test
    void replacesAllWhereThatIsAsked() throws IOException {
        JsonNode result = tools.call(
                "filesystem.edit", Map.of("path", "a.txt", "old_text", "one", "new_text", "", "replace_all", true));

        assertThat(result.get("replaced").intValue()).isEqualTo(2);
        assertThat(Files.readString(root.resolve("a.txt"))).isEqualTo("\uFEFF\r\ntwo 😀\r\n\r\n");
    }

    @Test
    void saysThatATextIsNotThere() {
        assertThat(edit("three", "3").get("error").stringValue())
                .isEqualTo("'old_text' is not in 'a.txt'; read it again");
        assertThat(edit("", "3").get("error").stringValue()).isEqualTo("'old_text' must not be empty");
        assertThat(tools.error("filesystem.edit", Map.of("path", "no", "old_text", "a", "new_text", "b")))
                .isEqualTo("there is no 'no' in the workspace");
    }

    @Test
    void leavesWhatIsNotTextAlone() throws IOException {
        Files.write(root.resolve("a.txt"), "grün".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(edit("gr", "x").get("error").stringValue()).isEqualTo("'a.txt' is not a text in UTF-8");
    }

    /// H5
    @Test
    void writesNoHalfCharacters() {
        assertThat(edit("two", "\uD83D").get("error").stringValue())
                .startsWith("'new_text' has half of a surrogate pair at character 6");
        assertThat(tools.error("filesystem.write", Map.of("path", "b.txt", "content", "x\uDE00")))
                .startsWith("'content' has half of a surrogate pair at character 1");
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsPermissions() throws IOException {
        Files.setPosixFilePermissions(root.resolve("a.txt"), PosixFilePermissions.fromString("rwxr-x---"));

        edit("two", "2");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a.txt"))))
                .isEqualTo("rwxr-x---");
    }

    private JsonNode edit(String before, String after) {
        return tools.call("filesystem.edit", Map.of("path", "a.txt", "old_text", before, "new_text", after));
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
