package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// S4-157
class ReadFileTest {
    private static final int KIB = 1024;

    @TempDir
    Path root;

    private ToolCalls tools;

    @BeforeEach
    void open() {
        tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
    }

    @Test
    void readsAWholeFile() throws IOException {
        Files.writeString(root.resolve("notes.txt"), "one\ntwo\n");

        assertThat(read("notes.txt")).isEqualTo(json("""
                {"success":true,"path":"notes.txt","content":"one\\ntwo\\n","offset":1,"lines":2,"total_lines":2,
                 "size":8,"truncated":false}"""));
    }

    @Test
    void readsTheLinesAskedForAndSaysWhereTheNextAre() throws IOException {
        Files.writeString(root.resolve("notes.txt"), "one\ntwo\r\nthree\nfour");

        JsonNode middle = tools.call("filesystem.read", Map.of("path", "notes.txt", "offset", 2, "limit", 2));
        assertThat(middle).isEqualTo(json("""
                {"success":true,"path":"notes.txt","content":"two\\r\\nthree\\n","offset":2,"lines":2,"total_lines":4,
                 "size":19,"truncated":true,"next_offset":4}"""));

        JsonNode end = tools.call("filesystem.read", Map.of("path", "notes.txt", "offset", 4));
        assertThat(end).isEqualTo(json("""
                {"success":true,"path":"notes.txt","content":"four","offset":4,"lines":1,"total_lines":4,
                 "size":19,"truncated":false}"""));
    }

    @Test
    void readsAnEmptyFile() throws IOException {
        Files.writeString(root.resolve("empty"), "");

        assertThat(read("empty")).isEqualTo(json("""
                {"success":true,"path":"empty","content":"","offset":1,"lines":0,"total_lines":0,"size":0,
                 "truncated":false}"""));
    }

    @Test
    void cutsALongFileAtTheEndOfALine() throws IOException {
        String line = "x".repeat(99) + "\n";
        Files.writeString(root.resolve("long"), line.repeat(4000));

        JsonNode result = read("long");

        int lines = 256 * KIB / 100;
        assertThat(result.get("content").stringValue()).isEqualTo(line.repeat(lines));
        assertThat(result.get("lines").intValue()).isEqualTo(lines);
        assertThat(result.get("total_lines").intValue()).isEqualTo(4000);
        assertThat(result.get("truncated").booleanValue()).isTrue();
        assertThat(result.get("next_offset").intValue()).isEqualTo(lines + 1);
    }

    @Test
    void cutsALongLineBetweenCodePoints() throws IOException {
        for (String before : new String[] {"", "a", "ab", "abc"}) {
            Files.writeString(root.resolve("line"), before + "😀".repeat(100_000));

            JsonNode result = read("line");

            String content = result.get("content").stringValue();
            assertThat(content).startsWith(before + "😀").endsWith("😀").doesNotContain("\uFFFD");
            assertThat(content.getBytes(StandardCharsets.UTF_8).length).isBetween(256 * KIB - 3, 256 * KIB);
            assertThat(result.get("truncated").booleanValue()).isTrue();
            assertThat(result.has("next_offset")).isFalse();
        }
    }

    @Test
    void replacesBytesThatAreNotUtf8() throws IOException {
        Files.write(root.resolve("latin1"), "grün".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(read("latin1").get("content").stringValue()).isEqualTo("gr\uFFFDn");
    }

    @Test
    void saysThatABinaryFileIsOne() throws IOException {
        Files.write(root.resolve("logo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2});

        assertThat(read("logo.png")).isEqualTo(json("""
                {"success":true,"path":"logo.png","binary":true,"size":7}"""));
    }

    @Test
    void doesNotCountTheLinesOfAGiganticFile() throws IOException {
        byte[] lines = "0123456789abcde\n".repeat(1024).getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
            file.write(lines);
            file.setLength(TextPage.MAX_SCANNED + 1);
        }

        JsonNode result = tools.call("filesystem.read", Map.of("path", "huge", "limit", 1));
        assertThat(result).isEqualTo(json("""
                {"success":true,"path":"huge","content":"0123456789abcde\\n","offset":1,"lines":1,"size":67108865,
                 "truncated":true,"next_offset":2}"""));
        assertThat(tools.error("filesystem.read", Map.of("path", "huge", "offset", 5000)))
                .isEqualTo("'huge' has fewer than 5000 lines that can be read");
    }

    @Test
    void refusesLinesThatAreNotThere() throws IOException {
        Files.writeString(root.resolve("notes.txt"), "one\ntwo\n");

        assertThat(tools.error("filesystem.read", Map.of("path", "notes.txt", "offset", 3)))
                .isEqualTo("'notes.txt' has fewer than 3 lines that can be read");
        assertThat(tools.error("filesystem.read", Map.of("path", "notes.txt", "offset", 0)))
                .isEqualTo("'offset' and 'limit' must be 1 or more");
        assertThat(tools.error("filesystem.read", Map.of("path", "notes.txt", "limit", -1)))
                .isEqualTo("'offset' and 'limit' must be 1 or more");
        assertThat(tools.error("filesystem.read", Map.of())).isEqualTo("'path' is required");
    }

    private JsonNode read(String path) {
        return tools.call("filesystem.read", Map.of("path", path));
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
