package dev.dwata.agent.tool.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells of a command line for sure what it runs, or does not tell.
///
/// It is sure of words between spaces that mean themselves to every shell: letters, digits and a few signs,
/// or anything printable of ASCII between quotes that hold the whole word. One sign that means something to
/// a shell, or something unseen, and it is not.
final class SimpleCommand {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./:@%+,=-]++|'[ -&(-~]*+'|\"[ #%-\\[\\]^_a-~]*+\"");
    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_./+-]+");
    private static final Set<String> RESERVED = Set.of(
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "do",
            "done",
            "case",
            "esac",
            "while",
            "until",
            "for",
            "in",
            "time",
            "function",
            "select",
            "coproc");

    private SimpleCommand() {}

    /// The program and its arguments, exactly as a shell would pass them.
    static Optional<List<String>> parse(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        int at = spaces(line, 0);
        while (at < line.length()) {
            if (!word.find(at) || word.start() != at) {
                return Optional.empty();
            }
            at = spaces(line, word.end());
            if (at == word.end() && at < line.length()) {
                return Optional.empty(); // two words without a space between them are one to a shell
            }
            words.add(word.group());
        }
        if (words.isEmpty() || !isProgram(words.getFirst())) {
            return Optional.empty();
        }
        return Optional.of(words.stream().map(SimpleCommand::unquoted).toList());
    }

    private static int spaces(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static boolean isProgram(String word) {
        return PROGRAM.matcher(word).matches() && !RESERVED.contains(word);
    }

    private static String unquoted(String word) {
        boolean quoted = word.startsWith("'") || word.startsWith("\"");
        return quoted ? word.substring(1, word.length() - 1) : word;
    }
}
