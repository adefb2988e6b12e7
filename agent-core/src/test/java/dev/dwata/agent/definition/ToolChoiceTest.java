package dev.dwata.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolChoiceTest {
    private static final List<String> TOOLS =
            List.of("filesystem.read", "filesystem.write", "shell.run", "ask_user", "git.log.show");

    private static List<String> permitted(String... patterns) {
        ToolChoice choice =
                new ToolChoice(Stream.of(patterns).map(ToolChoice.Rule::of).toList());
        assertThat(choice.patterns()).containsExactly(patterns);
        return TOOLS.stream().filter(choice::permits).toList();
    }

    @Test
    void theLastRuleThatFitsCounts() {
        assertThat(permitted()).isEqualTo(TOOLS);
        assertThat(permitted("filesystem.*", "shell.run"))
                .containsExactly("filesystem.read", "filesystem.write", "shell.run");
        assertThat(permitted("filesystem.*", "!filesystem.write")).containsExactly("filesystem.read");
        assertThat(permitted("!filesystem.*", "filesystem.read"))
                .containsExactly("filesystem.read", "shell.run", "ask_user", "git.log.show");
        assertThat(permitted("!shell.run")).doesNotContain("shell.run").hasSize(4);
        assertThat(permitted("!*")).isEmpty();
        assertThat(permitted("*", "!*.write", "!ask*")).containsExactly("filesystem.read", "shell.run", "git.log.show");
    }

    @ParameterizedTest
    @CsvSource({
        "git.*, git.log.show, true",
        "git.*, git, false",
        "*.show, git.log.show, true",
        "g*t.*g.s*w, git.log.show, true",
        "filesystem, filesystem.read, false",
        "*a*a*a*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
    })
    void aStarStandsForAnyLetters(String pattern, String tool, boolean matches) {
        assertThat(new ToolPattern(pattern).matches(tool)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "Filesystem.read", "filesystem..read", ".read", "a b", "!!shell.run", "shell/run"})
    void saysWhatAPatternIs(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolChoice.Rule.of(text))
                .withMessageContaining("filesystem.* or shell.run");
    }
}
