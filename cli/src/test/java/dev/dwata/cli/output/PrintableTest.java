package dev.dwata.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void takesFromTextWhatATerminalWouldObey() {
        assertThat(Printable.text("a\u001b[31mred\u0007\r\n\tb\u009bc\u202Ed")).isEqualTo("a�[31mred�\n\tb�c�d");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String text = "Grüße, 世界 👋\n\tindented\n";

        assertThat(Printable.text(text)).isSameAs(text);
    }

    @Test
    void putsALineOnOneLineAndCutsItByCodePoints() {
        assertThat(Printable.line("  one\n two\tthree ", 100)).isEqualTo("one two three");
        assertThat(Printable.line("👋👋👋👋", 3)).isEqualTo("👋👋…");
        assertThat(Printable.line("x".repeat(1_000_000), 5)).isEqualTo("xxxx…");
    }
}
