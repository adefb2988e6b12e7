package dev.dwata.agent.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// K5: what a rule about `git status` must not let through, and what it may.
class SimpleCommandTest {

    @Test
    void isSureOfWordsThatMeanThemselves() {
        assertThat(SimpleCommand.parse("git status")).contains(List.of("git", "status"));
        assertThat(SimpleCommand.parse("  git   log --format=%h -n 5 src/Main.java "))
                .contains(List.of("git", "log", "--format=%h", "-n", "5", "src/Main.java"));
        assertThat(SimpleCommand.parse("git commit -m 'fix; rm -rf $HOME' \"a & b\" ''"))
                .contains(List.of("git", "commit", "-m", "fix; rm -rf $HOME", "a & b", ""));
        assertThat(SimpleCommand.parse("env git status")).contains(List.of("env", "git", "status"));
        assertThat(SimpleCommand.parse("git -c core.pager=x status"))
                .contains(List.of("git", "-c", "core.pager=x", "status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "git status; rm -rf .",
                "git status;",
                "git status && rm x",
                "git status || rm x",
                "git status | sh",
                "git status &",
                "git status\nrm x",
                "git status\rrm x",
                "git status\trm",
                "git $(rm x)",
                "git `rm x`",
                "git \"$(rm x)\"",
                "git \"`rm x`\"",
                "git $HOME",
                "git \"$HOME\"",
                "git ${HOME}",
                "git status > x",
                "git status < x",
                "git status 2>&1",
                "git <<x",
                "git status # no",
                "git *",
                "git ?",
                "git [a]",
                "git {a,b}",
                "git ~",
                "git ~root",
                "git !x",
                "git x^y",
                "A=b git status",
                "A= git",
                "PATH=. git status",
                "'git' status",
                "\"git\" status",
                "g'i't status",
                "git st\\atus",
                "git \\",
                "g\\it status",
                "git 'a'b",
                "git a'b'",
                "git 'a''b'",
                "git 'a",
                "git \"a",
                "git \"a\\\"b\"",
                "(git status)",
                "{ git status; }",
                "! git status",
                "if true",
                "while x",
                "time git",
                "git status\u0000",
                "git\u00a0status",
                "g\u0456t status",
                "git status\u2028rm",
                "git 'caf\u00e9'",
                "git\u200b status",
                "git status\u001b[0m",
                "git \u202estatus",
                "git 'a\nb'",
                "git \"a\tb\"",
                "@git status",
                "%1",
                ": x",
                "-x,y"
            })
    void isNotSureOfAnythingElse(String line) {
        // "-x,y" and the like begin with what no program is called
        assertThat(SimpleCommand.parse(line)).isEmpty();
    }

    @Test
    void agreesWithTheShellOnWhateverItIsSureOf() throws Exception {
        Random random = new Random(20261121);
        String signs = "ab 1-=./'\" '\" $;&|*?~#\\(){}[]<>!%^,:@+_";
        int sure = 0;
        for (int i = 0; i < 40_000; i++) {
            StringBuilder line = new StringBuilder("printf <%s> ".replace("<%s>", "'[%s]'"));
            for (int length = random.nextInt(12); length >= 0; length--) {
                line.append(signs.charAt(random.nextInt(signs.length())));
            }
            List<String> argv = SimpleCommand.parse(line.toString()).orElse(List.of());
            boolean interesting = argv.stream().anyMatch(word -> word.matches(".*[^ab1\\[%s\\]printf].*"));
            if (interesting && sure < 150) {
                sure++;
                assertThat(said(argv)).as(line.toString()).isEqualTo(said(List.of("/bin/sh", "-c", line.toString())));
            }
        }
        assertThat(sure).isEqualTo(150);
    }

    private static String said(List<String> argv) throws IOException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
