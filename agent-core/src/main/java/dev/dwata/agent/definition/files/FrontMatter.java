package dev.dwata.agent.definition.files;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// A Markdown file: what stands between its first line, `---`, and the next line of that kind, as YAML; and the
/// text after that. A file whose first line is another one is all text.
///
/// The YAML is only taken apart, nothing is made of it: strings, numbers, lists and maps, no aliases, no tags.
record FrontMatter(YamlMap fields, String text) {
    private static final int MOST_CODE_POINTS = 16 * 1024;
    private static final Pattern PARTS =
            Pattern.compile("\\A---[ \\t]*\\n(.*?)(?:(?<=\\n)---[ \\t]*(?:\\n|\\z))(.*)\\z", Pattern.DOTALL);

    /// @param file with line ends of `\n`
    static FrontMatter of(String file) throws BrokenFile {
        if (!file.startsWith("---\n") && !file.matches("(?s)---[ \\t]+\\n.*")) {
            return new FrontMatter(YamlMap.EMPTY, file.strip());
        }
        Matcher parts = PARTS.matcher(file);
        if (!parts.matches()) {
            throw new BrokenFile(1, "the front matter that begins here has no end: a line '---'");
        }
        return new FrontMatter(map(parts.group(1)), parts.group(2).strip());
    }

    private static YamlMap map(String yaml) throws BrokenFile {
        try {
            Optional<Node> root = new Compose(settings()).composeString(yaml);
            if (root.isEmpty()) {
                return YamlMap.EMPTY;
            }
            if (root.get() instanceof MappingNode map) {
                return YamlMap.of(map);
            }
            throw new BrokenFile(2, "the front matter must be lines of 'key: value'");
        } catch (MarkedYamlEngineException e) {
            throw new BrokenFile(
                    line(e.getProblemMark().orElse(null)), "the front matter is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new BrokenFile(2, "the front matter is not YAML: " + firstLine(e));
        } catch (StackOverflowError e) {
            throw new BrokenFile(2, "the front matter is nested too deeply");
        }
    }

    private static LoadSettings settings() {
        return LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MOST_CODE_POINTS)
                .build();
    }

    /// The line of the file: the front matter begins with its second one.
    static int line(@Nullable Mark mark) {
        return mark == null ? 2 : mark.getLine() + 2;
    }

    private static String firstLine(YamlEngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it cannot be read");
    }
}
