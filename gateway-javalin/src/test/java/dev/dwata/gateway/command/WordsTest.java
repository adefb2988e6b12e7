package dev.dwata.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "'', ab, 2", "kitten, sitting, 3", "status, status, 0", "stauts, status, 2"})
    void countsTheLettersThatDiffer(String from, String to, int distance) {
        assertThat(Words.distance(from, to)).isEqualTo(distance);
        assertThat(Words.distance(to, from)).isEqualTo(distance);
    }

    @Test
    void findsTheNearestWord() {
        List<String> known = List.of("new", "sessions", "session", "status");

        assertThat(Words.nearest("sesion", known)).isEqualTo("session");
        assertThat(Words.nearest("sess", known)).isEqualTo("session");
        assertThat(Words.nearest("state", known)).isEqualTo("status");
    }

    @Test
    void shortensAtCodePoints() {
        assertThat(Words.shortened("  a\n b ")).isEqualTo("a b");
        assertThat(Words.shortened("😀".repeat(41))).isEqualTo("😀".repeat(40) + "…");
    }
}
