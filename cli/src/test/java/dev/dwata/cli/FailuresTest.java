package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Exit codes and sentences of what cannot even begin.
@Timeout(60)
class FailuresTest {
    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "''|there is no message",
                "--bogus hello|Unknown option: '--bogus'",
                "--new --session x hello|--new and --session exclude each other",
                "--session 17 hello|'17' is not the id of a session",
                "--timeout 0 hello|--timeout must be at least 1 second",
                "--timeout soon hello|'soon'",
                "--approve maybe hello|expected one of [auto, ask, never]",
                "--local --gateway http://127.0.0.1:1 hello|--local and --gateway exclude each other",
                "--gateway nonsense hello|a gateway's URL looks like http://127.0.0.1:3336",
                "--workspace /nowhere/at/all hello|is not a folder",
                "--model nonsense hello|there is no model 'nonsense'",
                "sessions about apples|expected one of [list, search, show, rename, archive, delete]",
                "history 0|must be 1 to 200",
                "cancel soon|'soon' is not the id of a run",
                "gateway --approve maybe|expected one of [auto, ask, never]",
                "gateway --auth maybe|expected one of [token, none]",
                "gateway --port 70000|--port must be 0 to 65535",
            })
    void isWrongUse(String line, String sentence) throws Exception {
        Ran ran = dwata.call(line.equals("''") ? new String[0] : line.split(" "));

        assertThat(ran.err()).startsWith("dwata: ").contains(sentence).doesNotContain("\tat ");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void needsAGatewayWhereOneIsNamed() throws Exception {
        Ran ran = dwata.call("--gateway", "http://127.0.0.1:1", "hello");

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err())
                .isEqualTo("dwata: the gateway at http://127.0.0.1:1 cannot be reached: Connection refused\n");
        assertThat(dwata.with("DWATA_GATEWAY_URL", "http://127.0.0.1:1")
                        .call("hello")
                        .code())
                .isEqualTo(4);
        assertThat(dwata.call("--local", "hello").code()).isZero();
    }

    @Test
    void refusesABrokenConfiguration() throws Exception {
        Files.createDirectories(dwata.home);
        Files.writeString(dwata.home.resolve("config.json"), "{\"port\":");

        Ran ran = dwata.call("hello");

        assertThat(ran.code()).isEqualTo(78);
        assertThat(ran.err()).startsWith("dwata: " + dwata.home.resolve("config.json") + ": it is not JSON");
    }

    @Test
    void refusesAConfigurationThatNamesAModelThereIsNot() throws Exception {
        Files.createDirectories(dwata.home);
        Files.writeString(dwata.home.resolve("config.json"), "{\"fallbacks\":{\"*\":[\"nonsense\"]}}");

        Ran ran = dwata.call("hello");

        assertThat(ran.code()).isEqualTo(78);
        assertThat(ran.err())
                .startsWith(
                        "dwata: " + dwata.home.resolve("config.json") + ": fallbacks.*: there is no model 'nonsense'");
        assertThat(dwata.call("doctor").out()).contains("fallbacks.*: there is no model 'nonsense'");
    }

    @Test
    void listsTheModelsAndWhatIsKnownOfThem() throws Exception {
        dwata.with("OLLAMA_HOST", "127.0.0.1:1");
        assertThat(dwata.call("models").out())
                .startsWith("MODEL")
                .containsPattern("offline/offline \\(offline\\) .*free +ready")
                .containsPattern(
                        "anthropic/claude-opus-5-5 \\(claude-opus\\) +1M +128k +4 / 20 +ANTHROPIC_API_KEY is not set");
        assertThat(dwata.call("models", "--json").out()).startsWith("{\"id\":\"offline/offline\",\"state\":\"ready\"");
    }

    @Test
    void takesTheModelOfTheConfiguration() throws Exception {
        Files.createDirectories(dwata.home);
        Files.writeString(dwata.home.resolve("config.json"), "{\"model\":\"anthropic/claude\"}");

        Ran ran = dwata.call("hello");
        assertThat(ran.code()).isEqualTo(78);
        assertThat(ran.err()).contains("anthropic/claude").contains("ANTHROPIC_API_KEY");

        assertThat(dwata.call("--model", "offline", "hello").code()).isZero();
        assertThat(dwata.with("DWATA_MODEL", "offline").call("hello").code()).isZero();
    }

    @Test
    void refusesADataFolderThatCannotBeMade() throws Exception {
        Files.writeString(folder.resolve("home"), "a file in its place");

        Ran ran = dwata.call("hello");

        assertThat(ran.code()).isEqualTo(73);
        assertThat(ran.err()).startsWith("dwata: the data folder ");
    }

    @Test
    void refusesADamagedDatabase() throws Exception {
        Files.createDirectories(dwata.home);
        Files.writeString(dwata.home.resolve("db.sqlite3"), "this is no database, ".repeat(1_000));

        Ran ran = dwata.call("hello");

        assertThat(ran.code()).isEqualTo(65);
        assertThat(ran.err()).contains("db.sqlite3").doesNotContain("\tat ");
    }

    @Test
    void saysItsVersionWithoutOpeningAnything() throws Exception {
        assertThat(dwata.run("--version").out()).startsWith("dwata ");
        assertThat(dwata.run("--help").out()).contains("--session").contains("Exit codes");
        assertThat(dwata.run("sessions", "--help").out()).contains("rename ID TITLE");
        assertThat(dwata.home).doesNotExist();
    }

    @Test
    void showsATraceOnlyWhereThatIsWanted() throws Exception {
        assertThat(dwata.with("DWATA_DEBUG", "1").call("--session", "17", "x").err())
                .contains("\tat ");
    }
}
