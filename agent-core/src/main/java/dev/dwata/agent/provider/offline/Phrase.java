package dev.dwata.agent.provider.offline;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What to make of a few words.
final class Phrase {
    private static final Pattern POLITE_OPENING = Pattern.compile(
            "(?:(?:hey|hi|hello|okay|ok|so|well|now|please|dwata|first|first of all|next|also|finally|just|and|then"
                    + "|kindly|go ahead and)[,!.:]?|(?:can|could|would|will) you|i would like(?: you)? to"
                    + "|i'd like(?: you)? to|i want(?: you)? to|i need(?: you)? to|let's|let us|help me(?: to)?"
                    + "|try to|tell me|do you know|can i|may i)\\s+(?=\\S)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern POLITE_END = Pattern.compile(
            "(?<=\\S),?\\s+(?:please|for me|thanks|thank you|right now|just now)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern HERE = Pattern.compile(
            "(?:here|there|(?:this|the|my|our|your|current|the current|this current|present|working|the working)"
                    + "(?: (?:project|git|source|working|current|top|root))? ?"
                    + "(?:folder|directory|dir|workspace|project|repo|repository|place|root|codebase|tree)?|it)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLDER_WORDS = Pattern.compile(
            "(?:the\\s+)?(?:(?:sub)?(?:folder|directory|dir)\\s+)?(?:called\\s+|named\\s+)?(.+?)"
                    + "(?:\\s+(?:sub)?(?:folder|directory|dir))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH = Pattern.compile("\\S*[\\w~-]\\.[\\w~-]\\S*|\\S*/\\S*|\\.[\\w-]\\S*");
    private static final int MAX_POLITENESS = 6;
    private static final int LONGEST_END = 30;
    private static final Set<String> KNOWN_FILES = Set.of(
            "readme",
            "license",
            "licence",
            "makefile",
            "dockerfile",
            "changelog",
            "contributing",
            "notice",
            "authors",
            "todo",
            "gemfile",
            "rakefile",
            "procfile",
            "jenkinsfile",
            "vagrantfile",
            "copying");

    private static final Pattern QUOTED = Pattern.compile("(?<!\\w)(?:\"[^\"]+\"|'[^']+'|`[^`]+`)(?!\\w)");

    private Phrase() {}

    /// `said` without polite words around it, and without what ends a sentence.
    static String core(String said) {
        return withoutEnd(withoutOpening(said));
    }

    static String withoutOpening(String said) {
        String text = said.strip();
        for (int i = 0; i < MAX_POLITENESS; i++) {
            Matcher opening = POLITE_OPENING.matcher(plainQuotes(text));
            if (opening.lookingAt()) {
                text = text.substring(opening.end());
            }
        }
        return text;
    }

    static String withoutEnd(String said) {
        String text = said.strip();
        for (int i = 0; i < MAX_POLITENESS; i++) {
            text = withoutPunctuation(text);
            Matcher end = POLITE_END
                    .matcher(plainQuotes(text))
                    .useTransparentBounds(true)
                    .region(Math.max(0, text.length() - LONGEST_END), text.length());
            if (end.find()) {
                text = text.substring(0, end.start());
            }
        }
        return text;
    }

    /// `text` without such characters at its end, but for the first.
    static String trimEnd(String text, String characters) {
        int end = text.length();
        while (end > 1 && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /// A dot is left where it may belong to a path: `..`, `src/.`
    private static String withoutPunctuation(String text) {
        String trimmed = trimEnd(text, " \t\n\r?!,;");
        String dotless = trimEnd(trimmed, ".");
        boolean sentence = !dotless.isEmpty() && " \t\n/.".indexOf(dotless.charAt(dotless.length() - 1)) < 0;
        return sentence ? dotless : trimmed;
    }

    /// Typographic quotes as plain ones, at the same places.
    static String plainQuotes(String text) {
        return text.replace('’', '\'').replace('‘', '\'').replace('“', '"').replace('”', '"');
    }

    /// `text` with everything in quotes blotted out, at the same places: for finding what lies between.
    static String masked(String text) {
        return QUOTED.matcher(plainQuotes(text))
                .replaceAll(quoted -> "Q".repeat(quoted.group().length()));
    }

    static boolean isQuoted(String text) {
        String plain = plainQuotes(text);
        return plain.length() >= 2
                && "\"'`".indexOf(plain.charAt(0)) >= 0
                && plain.charAt(plain.length() - 1) == plain.charAt(0);
    }

    static String unquote(String text) {
        String stripped = text.strip();
        return isQuoted(stripped) ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    /// Whether a word can hardly be anything but a file's name.
    static boolean looksLikePath(String text) {
        return isQuoted(text) || PATH.matcher(text).matches() || KNOWN_FILES.contains(text.toLowerCase(Locale.ROOT));
    }

    /// The folder that is meant by words such as "the src folder"; absent for the workspace itself.
    static @Nullable String folder(@Nullable String words) {
        if (words == null || words.equals(".") || words.equals("./")) {
            return null;
        }
        String text = words.strip();
        if (text.isEmpty() || HERE.matcher(text).matches()) {
            return null;
        }
        Matcher matcher = FOLDER_WORDS.matcher(text);
        return unquote(matcher.matches() ? matcher.group(1) : text);
    }

    /// The name under which a fact is kept: without "my", and all names of one thing alike.
    static String key(String words) {
        String text = unquote(words).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return text.replaceFirst("^(?:(?:my|our|the|your|a|an) ){1,3}(?=\\S)", "")
                .strip();
    }
}
