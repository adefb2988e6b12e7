package dev.dwata.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWordsTest {

    @Test
    void aBlankQueryAsksForNothing() {
        assertThat(SearchWords.of(null)).isNull();
        assertThat(SearchWords.of(" \n")).isNull();
        assertThat(SearchWords.of("?!").written()).isEmpty();
        assertThat(SearchWords.of("?!").matches("?!")).isFalse();
    }

    @Test
    void splitsAtWhatIsNoLetterAndNoDigit() {
        assertThat(SearchWords.of("user's e-mail: a_b 3.14 Ⅷ 東京").written())
                .isEqualTo(List.of("user", "s", "e", "mail", "a", "b", "3", "14", "Ⅷ", "東京"));
    }

    @Test
    void readsOnlySoManyWords() {
        assertThat(SearchWords.of("word ".repeat(1000)).written()).hasSize(SearchWords.MAX_WORDS);
    }

    @ParameterizedTest
    @CsvSource({
        "zebra, A ZEBRA!, true",
        "zeb, a zebra, true",
        "z, a zebra, false",
        "z, a Z, true",
        "zeb a, a zebra, false",
        "a zeb, zebra a, true",
        "ebra, a zebra, false",
        "cafe, Café, true",
        "cafe, Cafe\u0301, true",
        "'', a, false"
    })
    void matches(String query, String text, boolean expected) {
        SearchWords words = SearchWords.of(query.isEmpty() ? "." : query);

        assertThat(words.matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "zebra, a zebra, a «zebra»",
        "zeb, two Zebras here, two «Zebras» here",
        "a zeb, a zebra and a lion, «a» «zebra» and «a» lion",
        "cafe, 'le  cafe\u0301\n noir', 'le «cafe\u0301» noir'",
        "lion, a zebra, a zebra"
    })
    void marksWhatMatched(String query, String text, String snippet) {
        assertThat(SearchWords.of(query).snippet(text)).isEqualTo(snippet);
    }

    @Test
    void showsTheTextAroundTheFirstMatchAndCutsNoCharacterInTwo() {
        String unicorns = "\uD83E\uDD84".repeat(300);
        for (int i = 0; i < 4; i++) {
            String text = "x".repeat(i) + unicorns + " zebra " + unicorns + "y";
            String snippet = SearchWords.of("zebra").snippet(text);

            assertThat(snippet).contains(" «zebra» ").startsWith("…").endsWith("…");
            assertThat(CleanText.of(snippet)).isEqualTo(snippet);
            assertThat(snippet.length()).isLessThan(200);
        }
    }
}
