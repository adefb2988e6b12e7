package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `dwata MESSAGE` as a user starts it: a process in a folder, with the built-in model.
class OneShotProcessTest {
    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
    }

    @Test
    void answersAboutTheFolderItIsIn() throws Exception { // S4-185 S4-194 S4-195 S4-196
        Files.writeString(dwata.workspace.resolve("notes.txt"), "hello");

        Ran ran = dwata.run("What files are in this folder?");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("notes.txt").endsWith("\n");
        assertThat(ran.err()).contains("→ filesystem.list").contains("✓").doesNotContain("\u001b");
    }

    @Test
    void takesWhatIsPipedAsContext() throws Exception {
        assertThat(dwata.start("hello", "there").input("piped text\n").end().code())
                .isZero();
        assertThat(dwata.start("-").input("hello from the pipe\n").end().code()).isZero();

        List<JsonNode> messages = json(dwata.run("history", "--json").out());
        assertThat(messages.stream()
                        .filter(message -> message.path("role").stringValue().equals("user"))
                        .map(message ->
                                message.path("parts").path(0).path("text").stringValue()))
                .containsExactly("hello there\n\npiped text", "hello from the pipe");
    }

    @Test
    void goesOnWithoutAPipeThatNobodyWritesTo() throws Exception {
        try (Running running = dwata.start("hello")) {
            Ran ran = running.end();

            assertThat(ran.code()).isZero();
            assertThat(ran.err()).contains("nothing came through the pipe");
        }
    }

    @Test
    void failsWithOneWhereTheModelCannotBeReached() throws Exception { // S4-197
        Ran ran = dwata.with("OPENAI_BASE_URL", "http://127.0.0.1:1/v1").run("--timeout", "20", "hello");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isNotBlank().doesNotContain("\tat ");
    }

    private static List<JsonNode> json(String lines) {
        return lines.lines().map(Json.STRICT::readTree).toList();
    }
}
