package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *.md          | docs/guide.md       | true
                    *.md          | guide.md.txt        | false
                    *             | .hidden             | true
                    README        | readme              | true
                    README        | readme.md           | false
                    a?c           | abc                 | true
                    a?c           | a😀c                | true
                    a?c           | ac                  | false
                    [a-c]x        | bx                  | true
                    [a-c]x        | dx                  | false
                    [!a-c]x       | dx                  | true
                    [!a-c]x       | ax                  | false
                    [a-]x         | -x                  | true
                    *.{java,kt}   | src/Main.kt         | true
                    *.{java,kt}   | src/Main.py         | false
                    src/*.java    | src/Main.java       | true
                    src/*.java    | src/a/Main.java     | false
                    src/**/*.java | src/a/b/Main.java   | true
                    src/**/*.java | src/Main.java       | true
                    **/test/**    | a/test/b/c          | true
                    **/test/**    | a/tests/b           | false
                    **            | anything            | true
                    a*b*c         | aXbXbXc             | true
                    a*b*c         | aXbXbX              | false
                    """)
    void matches(String pattern, String path, boolean expected) {
        assertThat(new Glob(pattern).matches(path)).isEqualTo(expected);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void isNotSlowedDownByAnUnkindPattern() {
        Glob unkind = new Glob("*a".repeat(200) + "b");

        assertThat(unkind.matches("a".repeat(255))).isFalse();
    }
}
