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

/// What the commands do, with the built-in model and a store on disk.
class CommandsTest {
    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
    }

    @Test
    void goesOnInTheLastSessionUnlessToldOtherwise() throws Exception { // S4-186 S4-187 S4-199 S4-200
        dwata.call("hello", "one");
        String first = Files.readString(dwata.home.resolve("cli_session")).strip();
        dwata.call("hello two");
        assertThat(Files.readString(dwata.home.resolve("cli_session")).strip()).isEqualTo(first);

        dwata.call("--new", "hello three");
        String second = Files.readString(dwata.home.resolve("cli_session")).strip();
        assertThat(second).isNotEqualTo(first);

        dwata.call("hello four", "--session", first);
        List<JsonNode> messages = json(dwata.call("--history", "50", "--json").out());
        assertThat(messages.stream()
                        .filter(message -> message.path("role").stringValue().equals("user"))
                        .map(message ->
                                message.path("parts").path(0).path("text").stringValue()))
                .containsExactly("hello one", "hello two", "hello four");
    }

    @Test
    void beginsANewSessionWhereTheLastIsGone() throws Exception { // S4-199
        dwata.call("hello");
        Files.writeString(dwata.home.resolve("cli_session"), SessionId.create() + "\n");

        Ran ran = dwata.call("hello again");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("the last session is gone: beginning a new one");
    }

    @Test
    void keepsItsFilesToTheirOwner() throws Exception {
        dwata.call("hello");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dwata.home)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dwata.home.resolve("cli_session"))))
                .isEqualTo("rw-------");
    }

    @Test
    void printsEveryEventAsALineOfJson() throws Exception {
        Ran ran = dwata.call("--json", "hello");

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
        dwata.call("hello about apples");
        dwata.call("--new", "hello about pears");
        String pears = Files.readString(dwata.home.resolve("cli_session")).strip();

        assertThat(dwata.call("--sessions").out()).containsSubsequence("hello about pears", "hello about apples");
        assertThat(dwata.call("sessions", "search", "apples").out())
                .contains("apples")
                .doesNotContain(pears);
        assertThat(dwata.call("sessions", "rename", pears, "Fruit", "salad").code())
                .isZero();
        assertThat(dwata.call("sessions", "show", pears).out()).contains("title          Fruit salad");
        assertThat(dwata.call("sessions", "archive", pears).code()).isZero();
        assertThat(dwata.call("sessions").out()).doesNotContain("Fruit salad");
        assertThat(dwata.call("sessions", "--archived").out()).contains("Fruit salad");
        assertThat(dwata.home.resolve("cli_session")).doesNotExist();

        assertThat(dwata.call("sessions", "delete", pears).code()).isEqualTo(3);
        assertThat(dwata.call("sessions", "delete", pears, "--yes").code()).isZero();
        assertThat(dwata.call("sessions", "show", pears))
                .isEqualTo(new Ran(1, "", "dwata: there is no session " + pears + "\n"));
    }

    @Test
    void showsTheLatestMessages() throws Exception { // S4-189
        dwata.call("hello");

        assertThat(dwata.call("--history").out())
                .contains("you  ")
                .contains("    hello")
                .contains("dwata  ");
        assertThat(dwata.call("history", "1").out()).doesNotContain("you  ");
    }

    @Test
    void conversesLineByLineFromAPipe() throws Exception { // S4-190 S4-237
        Ran ran = dwata.callWith(
                "hello\n\n/history\nremember that my cat \\\nis called Tom\n/exit\nnever read\n", "--interactive");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Hello!")
                .contains("The last 2 messages:")
                .contains("Tom")
                .doesNotContain("> ");
        assertThat(ran.err()).startsWith("new session (in this process)").contains("→ memory.set");
        assertThat(dwata.call("history", "50").out()).doesNotContain("never read");
    }

    @Test
    void takesWordsAsTheyAre() throws Exception {
        Files.writeString(dwata.workspace.resolve("people"), "--new");

        assertThat(dwata.call("hello", "@people", "${user.home}").code()).isZero();
        assertThat(dwata.call("--", "sessions", "--new").code()).isZero();
        assertThat(dwata.call("sessions please").code()).isZero();

        List<JsonNode> messages = json(dwata.call("history", "--json").out());
        assertThat(messages.stream()
                        .filter(message -> message.path("role").stringValue().equals("user"))
                        .map(message ->
                                message.path("parts").path(0).path("text").stringValue()))
                .containsExactly("hello @people ${user.home}", "sessions --new", "sessions please");
    }

    @Test
    void findsASubCommandBehindItsOptions() throws Exception {
        dwata.call("hello");

        assertThat(dwata.call("--local", "sessions", "list", "--limit", "1").out())
                .contains("hello");
        assertThat(dwata.call("--history", "1", "--local").out()).contains("dwata  ");
    }

    @Test
    void carriesOutSlashCommands() throws Exception { // S4-237
        assertThat(dwata.call("/new Apples").out()).isEqualTo("New session: Apples\n");
        dwata.call("hello");

        assertThat(dwata.call("/history").out()).contains("hello");
        assertThat(dwata.call("/sessions").out()).contains("Apples");
    }

    @Test
    void deniesWhatNobodyCanApproveAndAllowsItWhereItMay() throws Exception {
        Ran denied = dwata.call("write hello to notes.txt");
        assertThat(denied.code()).as(denied.err()).isEqualTo(3);
        assertThat(denied.out()).isNotBlank();
        assertThat(dwata.workspace.resolve("notes.txt")).doesNotExist();

        Ran allowed = dwata.call("--approve", "auto", "write hello to notes.txt");
        assertThat(allowed.code()).as(allowed.err()).isZero();
        assertThat(dwata.workspace.resolve("notes.txt")).hasContent("hello");
    }

    private static List<JsonNode> json(String lines) {
        return lines.lines().map(Json.STRICT::readTree).toList();
    }
}
