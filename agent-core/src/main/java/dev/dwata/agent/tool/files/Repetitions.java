package dev.dwata.agent.tool.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The counts in a regular expression, as in `a{3,8}`. Large ones could keep the JDK busy without its
/// looking at the text, where it can be stopped.
final class Repetitions {
    private static final int MAX_COUNT = 1000;
    private static final long MAX_PRODUCT = 1_000_000;
    private static final Pattern COUNTS = Pattern.compile("\\{(\\d++)(?:,(\\d*+))?+\\}");

    private Repetitions() {}

    /// @throws IllegalArgumentException if there are more than the JDK is trusted with
    static void check(String expression) {
        long product = 1;
        Matcher counts = COUNTS.matcher(expression);
        while (counts.find()) {
            long count = Math.max(count(counts.group(1)), count(counts.group(2)));
            product *= Math.clamp(count, 1, MAX_COUNT + 1);
            if (count > MAX_COUNT || product > MAX_PRODUCT) {
                throw new IllegalArgumentException("'query' repeats too often: a count may be at most " + MAX_COUNT
                        + ", and all of them multiplied " + MAX_PRODUCT);
            }
        }
    }

    private static long count(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        return digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
