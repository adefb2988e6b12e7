package dev.dwata.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// N8: what a model or a tool says does not pass for a line of the log.
class LogOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream log = LogOutput.over(bytes);

    @Test
    void keepsALineThatIsPrintedOneLine() {
        log.println("WARN tool failed: no\n2026-11-21 ERROR forged\r\nERROR again");
        log.println("INFO next");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        WARN tool failed: no
                            2026-11-21 ERROR forged\\x0d
                            ERROR again
                        INFO next
                        """);
    }

    @Test
    void keepsWhatAnExceptionSaysWithinIt() {
        new IllegalStateException("no\nERROR forged \u001b[31mred\u0007").printStackTrace(log);

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("java.lang.IllegalStateException: no\n    ERROR forged \\x1b[31mred\\x07\n\tat ")
                .doesNotContain("\u001b");
    }

    @Test
    void leavesOtherAlphabetsAsTheyAre() {
        log.println("naïve 東京 🙂");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("naïve 東京 🙂\n");
    }
}
