package dev.dwata.agent.provider.offline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// What the first reply to many ways of asking is.
class WordingsTest {
    private final Asking asking = new Asking();

    @ParameterizedTest
    @CsvFileSource(resources = "wordings.txt", delimiter = '|', quoteCharacter = '\u0001', maxCharsPerColumn = 10_000)
    void mean(String said, String expected) {
        String reply = Asking.shown(asking.ask(said.replace("⏎", "\n")));

        if (expected.endsWith("…")) {
            assertThat(reply).startsWith(expected.substring(0, expected.length() - 1));
        } else {
            assertThat(withoutNote(reply)).isEqualTo(expected.replace("⏎", "\n"));
        }
    }

    private static String withoutNote(String reply) {
        return reply.replace("\n\n" + Introduction.NOTE, "");
    }
}
