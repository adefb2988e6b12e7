package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Questions at a pseudo-terminal, which `script` of util-linux makes, and where there is none.
@Timeout(180)
class ConsentTerminalTest {
    private static final List<String> SCRIPT = List.of("script", "-q", "-e", "-f", "/dev/null", "-c");
    private static final String WRITE = ObedientModel.call("shell.run", Map.of("command", "echo hello > notes"));

    @TempDir
    Path folder;

    private ObedientModel model;
    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script of util-linux");
        model = new ObedientModel();
        dwata = new Dwata(folder)
                .with("OPENAI_BASE_URL", model.url())
                .with("TERM", "xterm")
                .with("NO_COLOR", "1");
    }

    @AfterEach
    void stop() {
        model.close();
    }

    private Path notes() {
        return dwata.workspace.resolve("notes");
    }

    private Running gateway(String approve) throws Exception {
        Running gateway = dwata.start("gateway", "--port", "0", "--json", "--approve", approve);
        gateway.awaitOut(out -> out.endsWith("\n"));
        return gateway;
    }

    @Test // H4
    void cancelsTheRunOnCtrlCAtAQuestion() throws Exception {
        try (Running asking = dwata.start(SCRIPT, WRITE)) {
            asking.awaitOut(out -> out.contains("Allow it?"));
            asking.type("\u0003");
            Ran ran = asking.end();

            assertThat(ran.code()).as(ran.out()).isEqualTo(130);
            assertThat(ran.out()).contains("cancelled (Ctrl+C)");
        }
        assertThat(notes()).doesNotExist();
    }

    @Test
    void changesTheArgumentsInAnEditor() throws Exception {
        dwata.with("EDITOR", "sed -i s/hello/bye/");
        try (Running asking = dwata.start(SCRIPT, WRITE)) {
            asking.awaitOut(out -> out.contains("Allow it?"));
            asking.type("edit\r");

            assertThat(asking.end().code()).isZero();
        }
        assertThat(notes()).hasContent("bye");
    }

    @Test // P17
    void doesNotShowASecretWhileItIsTyped() throws Exception {
        Map<String, String> question = Map.of("id", "key", "text", "Which key?", "input_type", "secret");
        try (Running asking =
                dwata.start(SCRIPT, ObedientModel.call("ask_user", Map.of("questions", List.of(question))))) {
            asking.awaitOut(out -> out.contains("(it does not show)"));
            asking.type("correct horse battery\r");
            Ran ran = asking.end();

            assertThat(ran.code()).as(ran.out()).isZero();
            assertThat(ran.out()).contains("secret:").doesNotContain("horse");
        }
    }

    @Test // K2
    void takesAQuestionBackThatAnotherClientAnswersOrCancels() throws Exception {
        try (Running gateway = gateway("ask")) {
            try (Running asking = dwata.start(SCRIPT, WRITE)) {
                asking.awaitOut(out -> out.contains("Allow it?"));
                String id = Json.STRICT
                        .readTree(dwata.call("inputs", "--json").out())
                        .path("requestId")
                        .asString("");
                assertThat(dwata.call("inputs", "approve", id).code()).isZero();
                Ran ran = asking.end();

                assertThat(ran.code()).as(ran.out()).isZero();
                assertThat(ran.out()).containsPattern("Allow it\\? \\[y/N[^\r\n]*\\] *\r\n[^\n]*approve by local/cli-");
            }
            assertThat(notes()).hasContent("hello");
            try (Running asking = dwata.start(SCRIPT, WRITE)) {
                asking.awaitOut(out -> out.contains("Allow it?"));
                assertThat(dwata.call("cancel").code()).isZero();

                assertThat(asking.end().code()).isEqualTo(130);
            }
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    @Test // wire.md 3 and 6
    void endsWithThreeWhereNobodyCanAgree() throws Exception {
        String question =
                ObedientModel.call("ask_user", Map.of("questions", List.of(Map.of("id", "name", "text", "Whose?"))));
        try (Running gateway = gateway("ask")) {
            for (String message : List.of(WRITE, question)) {
                Ran ran = dwata.run("--new", message);

                assertThat(ran.code()).as(ran.err()).isEqualTo(3);
                assertThat(ran.out()).contains("It says");
            }
            assertThat(gateway.isAlive()).isTrue();
            assertThat(dwata.call("inputs").out()).isEqualTo("nothing is waited for\n");
        }
        assertThat(dwata.run("--local", "--new", question).code()).isEqualTo(3);
        try (Running gateway = gateway("never")) {
            assertThat(dwata.run("--new", WRITE).code()).isEqualTo(3);
            assertThat(gateway.isAlive()).isTrue();
        }
        assertThat(notes()).doesNotExist();
    }
}
