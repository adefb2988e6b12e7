package dev.dwata.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "a,a",
        "*,''",
        "*,a*b",
        "a*,a",
        "a*,abc",
        "*c,abc",
        "a*c,ac",
        "a*c,abbc",
        "a*b*c,aXbYc",
        "a**c,abc",
        "*aab*,aaab",
        "a*ab*b,aabb",
        "src/*.md,src/deep/x.md",
        "a\\*b,a*b",
        "a\\\\*,a\\bc",
        "C:\\x,C:\\x",
        "a\\,a\\"
    })
    void fits(String pattern, String text) {
        assertThat(Wildcard.of(pattern).matches(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a,A",
        "a,ab",
        "a,''",
        "a*a,a",
        "ab*ba,aba",
        "a*b*c,acb",
        "*aab*,abab",
        "a\\*b,aXb",
        "a\\\\*,a*",
        "a?c,abc",
        "[ab],a"
    })
    void doesNotFit(String pattern, String text) {
        assertThat(Wildcard.of(pattern).matches(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "**", "\\", "\\*", "a\\\\*b", "a\nb", "\\\\", "x*"})
    void aLiteralFitsItsTextAlone(String text) {
        Wildcard literal = Wildcard.of(Wildcard.literal(text));
        assertThat(literal.matches(text)).isTrue();
        assertThat(literal.matches(text + "x")).isFalse();
        assertThat(literal.matches("x" + text)).isFalse();
        assertThat(literal.matches(text.replace("*", "anything"))).isEqualTo(!text.contains("*"));
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesNoLongerForPatternsThatAreMadeToTakeLong() {
        String text = "a".repeat(2_000_000);
        assertThat(Wildcard.of("*" + "a".repeat(500_000) + "b*").matches(text)).isFalse();
        assertThat(Wildcard.of("*a".repeat(500_000) + "*b").matches(text)).isFalse();
        assertThat(Wildcard.of("*a".repeat(500_000) + "*").matches(text)).isTrue();
    }
}
