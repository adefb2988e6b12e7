package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    void goesOnInTheLastSessionUnlessToldOtherwise() throws Exception { // S4-186 S4-187 S4-199 S4-200
        dwata.run("hello", "one");
        String first = Files.readString(dwata.home.resolve("cli_session")).strip();
        dwata.run("hello two");
        assertThat(Files.readString(dwata.home.resolve("cli_session")).strip()).isEqualTo(first);

        dwata.run("--new", "hello three");
        String second = Files.readString(dwata.home.resolve("cli_session")).strip();
        assertThat(second).isNotEqualTo(first);

        dwata.run("hello four", "--session", first);
        List<JsonNode> messages = json(dwata.run("--history", "50", "--json").out());
        assertThat(messages.stream()
                        .filter(message -> message.path("role").stringValue().equals("user"))
                        .map(message ->
                                message.path("parts").path(0).path("text").stringValue()))
                .containsExactly("hello one", "hello two", "hello four");
    }

    @Test
    void beginsANewSessionWhereTheLastIsGone() throws Exception { // S4-199
        dwata.run("hello");
        Files.writeString(dwata.home.resolve("cli_session"), SessionId.create() + "\n");

        Ran ran = dwata.run("hello again");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("the last session is gone: beginning a new one");
    }

    @Test
    void keepsItsFilesToTheirOwner() throws Exception {
        dwata.run("hello");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dwata.home)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dwata.home.resolve("cli_session"))))
                .isEqualTo("rw-------");
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
    void printsEveryEventAsALineOfJson() throws Exception {
        Ran ran = dwata.run("--json", "hello");

        List<JsonNode> events = json(ran.out());
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(events.getFirst().path("event").stringValue()).isEqualTo("message");
        assertThat(events.getFirst().path("payload").path("clientType").stringValue())
                .isEqualTo("cli");
        assertThat(events.getLast().path("event").stringValue()).isEqualTo("final");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.propertyNames())
                        .contains("event", "payload", "time")
                        .isSubsetOf("event", "payload", "seq", "time"));
        assertThat(events.stream()
                        .filter(event -> event.has("seq"))
                        .map(event -> event.path("seq").longValue()))
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(1L);
    }

    @Test
    void listsFindsRenamesArchivesAndDeletesSessions() throws Exception { // S4-188
        dwata.run("hello about apples");
        dwata.run("--new", "hello about pears");
        String pears = Files.readString(dwata.home.resolve("cli_session")).strip();

        assertThat(dwata.run("--sessions").out()).containsSubsequence("hello about pears", "hello about apples");
        assertThat(dwata.run("sessions", "search", "apples").out())
                .contains("apples")
                .doesNotContain(pears);
        assertThat(dwata.run("sessions", "rename", pears, "Fruit", "salad").code())
                .isZero();
        assertThat(dwata.run("sessions", "show", pears).out()).contains("title          Fruit salad");
        assertThat(dwata.run("sessions", "archive", pears).code()).isZero();
        assertThat(dwata.run("sessions").out()).doesNotContain("Fruit salad");
        assertThat(dwata.run("sessions", "--archived").out()).contains("Fruit salad");
        assertThat(dwata.home.resolve("cli_session")).doesNotExist();

        assertThat(dwata.run("sessions", "delete", pears).code()).isEqualTo(3);
        assertThat(dwata.run("sessions", "delete", pears, "--yes").code()).isZero();
        assertThat(dwata.run("sessions", "show", pears))
                .isEqualTo(new Ran(1, "", "dwata: there is no session " + pears + "\n"));
    }

    @Test
    void showsTheLatestMessages() throws Exception { // S4-189
        dwata.run("hello");

        assertThat(dwata.run("--history").out())
                .contains("you  ")
                .contains("    hello")
                .contains("dwata  ");
        assertThat(dwata.run("history", "1").out()).doesNotContain("you  ");
    }

    @Test
    void carriesOutSlashCommands() throws Exception { // S4-237
        assertThat(dwata.run("/new Apples").out()).isEqualTo("New session: Apples\n");
        dwata.run("hello");

        assertThat(dwata.run("/history").out()).contains("hello");
        assertThat(dwata.run("/sessions").out()).contains("Apples");
    }

    @Test
    void deniesWhatNobodyCanApproveAndAllowsItWhereItMay() throws Exception {
        Ran denied = dwata.run("write hello to notes.txt");
        assertThat(denied.code()).as(denied.err()).isEqualTo(3);
        assertThat(denied.out()).isNotBlank();
        assertThat(dwata.workspace.resolve("notes.txt")).doesNotExist();

        Ran allowed = dwata.run("--approve", "auto", "write hello to notes.txt");
        assertThat(allowed.code()).as(allowed.err()).isZero();
        assertThat(dwata.workspace.resolve("notes.txt")).hasContent("hello");
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
