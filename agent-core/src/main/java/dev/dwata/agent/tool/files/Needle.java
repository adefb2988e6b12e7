package dev.dwata.agent.tool.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What is searched for: a text, or a regular expression whose use can be stopped at any time.
sealed interface Needle {
    int MAX_LENGTH = 1000;

    /// Where in `line` it is first; -1 where it is not.
    ///
    /// @throws Stopped when the time is up or the thread was interrupted
    int in(String line, Patience patience);

    record Exactly(String text) implements Needle {
        @Override
        public int in(String line, Patience patience) {
            return line.indexOf(text);
        }
    }

    record Expression(Pattern pattern) implements Needle {
        @Override
        public int in(String line, Patience patience) {
            try {
                Matcher matcher = pattern.matcher(new WatchedText(line, patience));
                return matcher.find() ? matcher.start() : -1;
            } catch (StackOverflowError e) {
                throw new Stopped("the regular expression goes too deep in a long line; make it simpler");
            }
        }
    }

    /// It was not found out whether it is there.
    final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /// @throws IllegalArgumentException if it is none; the message is for whoever wrote it
    static Needle of(String query, boolean regex) {
        if (query.isEmpty() || query.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("'query' must have 1 to " + MAX_LENGTH + " characters");
        }
        if (!regex) {
            return new Exactly(query);
        }
        Repetitions.check(query);
        try {
            return new Expression(Pattern.compile(query));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'query' is not a regular expression: " + e.getDescription()
                    + (e.getIndex() < 0 ? "" : " at character " + e.getIndex()));
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("'query' has too many groups in each other");
        }
    }
}
