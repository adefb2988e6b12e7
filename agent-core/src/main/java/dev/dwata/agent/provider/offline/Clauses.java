package dev.dwata.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes a request apart into what is to be done one after the other.
final class Clauses {
    private static final Pattern THEN = Pattern.compile(
            "(?<!\\s)(?:\\s*+[,;.])?\\s++(?:and\\s+)?(?:then|after that|afterwards)\\b,?\\s+|(?<!\\s)\\s*+;\\s+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AND = Pattern.compile(
            "(?<!\\s)(?:\\s*+,)?\\s++and\\s+(?:also\\s+)?(?=(?:list|show|read|write|create|make|save|find|count"
                    + "|copy|remember"
                    + "|recall|forget|tell|calculate|compute|search|open|print|display|view|cat|what|which|how|where"
                    + "|who|when)\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCE =
            Pattern.compile("(?<=[^\\s.][.!?])\\s+(?=\\p{Lu})|(?<!\\s)[ \\t]*+\\R\\s*+");

    private Clauses() {}

    /// At "then", which is certainly between two things to do.
    static List<String> atThen(String text) {
        return split(text, THEN);
    }

    /// At "and" before a verb too, which may be between two.
    static List<String> atVerbs(String text) {
        return splitAll(atThen(text), AND);
    }

    /// At the ends of sentences and lines too.
    static List<String> atSentences(String text) {
        return splitAll(atVerbs(text), SENTENCE);
    }

    /// Splits outside of quotes; leaves out empty parts.
    static List<String> split(String text, Pattern separator) {
        Matcher matcher = separator.matcher(Phrase.masked(text));
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (matcher.find()) {
            parts.add(text.substring(start, matcher.start()));
            start = matcher.end();
        }
        parts.add(text.substring(start));
        return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    private static List<String> splitAll(List<String> clauses, Pattern separator) {
        return clauses.stream()
                .flatMap(clause -> split(clause, separator).stream())
                .toList();
    }
}
