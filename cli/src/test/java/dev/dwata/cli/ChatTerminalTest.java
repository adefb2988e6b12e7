package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `dwata chat` at a pseudo-terminal, which `script` of util-linux makes.
@Timeout(180)
class ChatTerminalTest {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final List<String> SCRIPT = List.of("script", "-q", "-e", "-f", "/dev/null", "-c");

    @TempDir
    Path folder;

    private SlowModel model;
    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/script")) && Files.isDirectory(Path.of("/proc")),
                "needs script of util-linux");
        model = new SlowModel();
        dwata = new Dwata(folder)
                .with("OPENAI_BASE_URL", model.url())
                .with("TERM", "xterm")
                .with("NO_COLOR", "1");
    }

    @AfterEach
    void stop() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void conversesAndRemembersWhatWasTyped() throws Exception { // S4-190 S4-201
        try (Running chat = dwata.start(SCRIPT, "chat")) {
            awaitPrompt(chat, "Ctrl+D leaves");
            chat.type("Say something\\\r");
            chat.awaitOut(out -> out.endsWith("… ") || out.contains("…"));
            chat.type("nice!\r");
            model.say("Something ");
            chat.awaitOut(out -> out.contains("Something "));
            model.say("nice.");
            model.finish();
            awaitPrompt(chat, "nice.");
            chat.type("/sess\t");
            chat.awaitOut(out -> out.contains("/session"));
            chat.type("s\r");
            awaitPrompt(chat, "Recent sessions:");
            chat.type(CTRL_D);

            assertThat(chat.end().code()).isZero();
        }
        assertThat(model.requests.getFirst()).contains("Say something\\nnice!");
        Path history = dwata.home.resolve("cli_history").resolve("chat");
        assertThat(Files.readString(history)).contains("nice!");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void cancelsOnCtrlCAndLeavesOnTwoMore() throws Exception { // S4-198
        try (Running chat = dwata.start(SCRIPT, "chat")) {
            awaitPrompt(chat, "Ctrl+D leaves");
            chat.type("hello\r");
            model.say("Once ");
            chat.awaitOut(out -> out.contains("Once "));
            chat.type(CTRL_C);
            awaitPrompt(chat, "cancelled (Ctrl+C)");
            chat.type(CTRL_C);
            awaitPrompt(chat, "Ctrl+C again leaves");
            chat.type(CTRL_C);

            // 130 where the terminal was not being read at that moment, and it came as a signal
            assertThat(chat.end().code()).isIn(0, 130);
        }
    }

    @Test
    void asksBeforeAToolChangesAnything() throws Exception {
        dwata.with("DWATA_MODEL", "offline");
        try (Running chat = dwata.start(SCRIPT, "chat")) {
            awaitPrompt(chat, "Ctrl+D leaves");
            chat.type("write hello to notes.txt\r");
            chat.awaitOut(out -> out.contains("Allow it? [y/N"));
            assertThat(dwata.workspace.resolve("notes.txt")).doesNotExist();
            chat.type("y\r");
            awaitPrompt(chat, "✓");
            chat.type("/exit\r");

            assertThat(chat.end().code()).isZero();
        }
        assertThat(dwata.workspace.resolve("notes.txt")).hasContent("hello");
    }

    @Test
    void asksAtTheTerminalForASingleQuestionToo() throws Exception {
        dwata.with("DWATA_MODEL", "offline");
        try (Running asking = dwata.start(SCRIPT, "write hello to notes.txt")) {
            asking.awaitOut(out -> out.contains("Allow it? [y/N"));
            asking.type("n\r");

            assertThat(asking.end().code()).isEqualTo(3);
        }
        assertThat(dwata.workspace.resolve("notes.txt")).doesNotExist();
    }

    /// Waits for a text, and then for the prompt behind it: what is typed before the terminal is ready would be
    /// lost.
    private static void awaitPrompt(Running chat, String text) throws InterruptedException {
        chat.awaitOut(out -> {
            int said = out.lastIndexOf(text);
            return said >= 0 && out.indexOf("\u001b[?2004h> ", said + text.length()) >= 0;
        });
    }
}
