package dev.dwata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents show as code is a part of a program that is compiled.
class DocumentationTest {
    /// `<!-- region NAME of FILE -->`, and a block of Java under it.
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- region (\\S+) of (\\S+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

    /// `<!-- file FILE -->`, and the whole of it in a block under that.
    private static final Pattern FILE = Pattern.compile("<!-- file (\\S+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void showsFilesThatTestsUse() {
        Matcher files = FILE.matcher(Checkout.text("README.md"));
        int count = 0;
        while (files.find()) {
            assertThat(files.group(2)).isEqualTo(Checkout.text(files.group(1)));
            count++;
        }
        assertThat(count).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/telemetry.md"})
    void showsWhatIsCompiled(String document) {
        Matcher snippets = SNIPPET.matcher(Checkout.text(document));
        int count = 0;
        while (snippets.find()) {
            assertThat(snippets.group(3)).isEqualTo(region(snippets.group(1), snippets.group(2)));
            count++;
        }
        assertThat(count).isPositive();
    }

    private static String region(String name, String file) {
        String source = Checkout.text(file);
        String begin = "// region " + name + "\n";
        assertThat(source).as(file).contains(begin);
        int from = source.indexOf(begin) + begin.length();
        String lines = source.substring(from, source.lastIndexOf('\n', source.indexOf("// endregion", from)));
        return lines.stripIndent() + "\n"; // with the last line's end it would count as a line without indent
    }
}
