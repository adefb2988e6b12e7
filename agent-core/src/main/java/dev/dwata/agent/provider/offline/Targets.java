package dev.dwata.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which files are meant by "a.txt and b.txt", "it", "the first one", "all of them".
final class Targets {
    private static final Pattern ITEM = Pattern.compile("\"[^\"]+\"|'[^']+'|`[^`]+`|[^\\s,]+");
    private static final Pattern LIST =
            Pattern.compile("(?<!\\s)\\s*+,\\s*+(?:and\\s+)?|(?<!\\s)\\s++(?:and|&)\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_WORDS = Pattern.compile(
            "(?:(?:the|a|this)\\s+)?(?:(?:text\\s+)?(?:files?|documents?)\\s+)?(?:(?:called|named)\\s+)?(.+?)"
                    + "(?:\\s+(?:file|document))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern IT = Pattern.compile(
            "it|that|this|(?:that|this|the|the same) (?:file|one" + "|document)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ALL = Pattern.compile(
            "them|these|those|both|all|everything|each(?: one)?|(?:all|both|each) (?:of )?(?:them|these|those)"
                    + "|(?:all|both)(?: of)?(?: the)? (?:files|results|matches)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NTH = Pattern.compile(
            "(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|last)"
                    + "(?: (?:one|file|match|result|of them|document))?",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> POSITIONS = Map.ofEntries(
            Map.entry("first", 1),
            Map.entry("1st", 1),
            Map.entry("second", 2),
            Map.entry("2nd", 2),
            Map.entry("third", 3),
            Map.entry("3rd", 3),
            Map.entry("fourth", 4),
            Map.entry("4th", 4),
            Map.entry("fifth", 5),
            Map.entry("5th", 5),
            Map.entry("last", -1));
    private static final int MAX_FILES = 10;

    private Targets() {}

    /// @param surely whether it is clear from what was said before that files are meant; otherwise words that
    ///               do not look like one are none
    /// @return absent where no files can be meant
    static @Nullable List<Target> all(String words, boolean surely) {
        String text = Phrase.plainQuotes(words.strip());
        Target pronoun = pronoun(text);
        if (pronoun != null) {
            return List.of(pronoun);
        }
        List<Target> targets = new ArrayList<>();
        for (String part : Clauses.split(text, LIST)) {
            Target target = one(part, surely);
            if (target == null || targets.size() == MAX_FILES) {
                return null;
            }
            targets.add(target);
        }
        return targets;
    }

    /// One file, likewise.
    static @Nullable Target one(String words, boolean surely) {
        String text = Phrase.plainQuotes(words.strip());
        Target pronoun = pronoun(text);
        if (pronoun != null) {
            return pronoun;
        }
        Matcher matcher = FILE_WORDS.matcher(text);
        if (!matcher.matches() || !ITEM.matcher(matcher.group(1)).matches()) {
            return null;
        }
        String item = matcher.group(1);
        boolean calledAFile =
                item.length() < text.length() && text.toLowerCase(Locale.ROOT).matches(".*\\bfile\\b.*");
        return surely || calledAFile || Phrase.looksLikePath(item) ? new Target.Named(Phrase.unquote(item)) : null;
    }

    private static @Nullable Target pronoun(String text) {
        if (IT.matcher(text).matches()) {
            return new Target.It();
        }
        if (ALL.matcher(text).matches()) {
            return new Target.All();
        }
        Matcher nth = NTH.matcher(text);
        return nth.matches()
                ? new Target.Nth(POSITIONS.getOrDefault(nth.group(1).toLowerCase(Locale.ROOT), 1))
                : null;
    }
}
