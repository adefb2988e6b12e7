package dev.dwata.agent.provider.offline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A way to say something, and what is meant by it.
///
/// Patterns are regular expressions of the whole clause, in which a space stands for any white space, `<one>`
/// for one word or something in quotes, `<some>` for anything, `<place>` for a folder after "in" or the like,
/// and `<days>` for days as sessions are filtered by. Upper and lower case are the same, and `'` stands for
/// every kind of apostrophe.
///
/// @param verbatim whether the end of the clause is content, and nothing of it only polite
record Wording(Pattern pattern, Meaning meaning, boolean verbatim) {
    private static final String QUOTED = "\"[^\"]+\"|'[^']+'|`[^`]+`";
    private static final String PLACE =
            "(?:,? (?:here|there|(?:in|inside|inside of|under|within|of|from|at|below) (" + QUOTED + "|[^\"'`]+?)))?";
    private static final String DAYS = "(?: (?:from |on |of |during |in )?(today|yesterday|this week|last week))";

    interface Meaning {
        /// @return absent where it means something else after all
        @Nullable
        Intent of(Captured words);
    }

    static Wording of(String pattern, Meaning meaning) {
        return new Wording(compiled(pattern), meaning, false);
    }

    static Wording of(String pattern, Intent meant) {
        return of(pattern, words -> meant);
    }

    static Wording verbatim(String pattern, Meaning meaning) {
        return new Wording(compiled(pattern), meaning, true);
    }

    /// @param core   the clause without what is only polite
    /// @param whole  with that at its end
    @Nullable
    Intent match(String core, String whole) {
        String clause = verbatim ? whole : core;
        Matcher matcher = pattern.matcher(Phrase.plainQuotes(clause));
        return matcher.matches() ? meaning.of(new Captured(matcher, clause)) : null;
    }

    /// White space is taken whole and never given back, so that much of it costs little.
    private static Pattern compiled(String pattern) {
        String regex = pattern.replace("<one>", "(" + QUOTED + "|\\S+)")
                .replace("<some>", "(.+?)")
                .replace("<place>", PLACE)
                .replace("<days>", DAYS)
                .replace(" ", "\\s++");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /// The groups of a match, as they were written.
    record Captured(Matcher matcher, String original) {
        @Nullable
        String optional(int group) {
            return matcher.start(group) < 0
                    ? null
                    : original.substring(matcher.start(group), matcher.end(group))
                            .strip();
        }

        /// Empty where the group took no part.
        String get(int group) {
            String text = optional(group);
            return text == null ? "" : text;
        }

        /// The first of these groups that took part; empty where none did.
        String any(int... groups) {
            for (int group : groups) {
                String text = optional(group);
                if (text != null) {
                    return text;
                }
            }
            return "";
        }
    }
}
