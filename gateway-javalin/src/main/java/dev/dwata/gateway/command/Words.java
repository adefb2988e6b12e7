package dev.dwata.gateway.command;

import java.util.Comparator;
import java.util.List;

/// Compares and shortens what people type.
final class Words {
    private static final int SHORT = 40;

    private Words() {}

    /// The one of `known` that `typed` is nearest to: the fewest letters to add, leave out or change; of equals
    /// the one that begins alike, then the first.
    static String nearest(String typed, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String word) -> distance(typed, word))
                        .thenComparing(word -> !word.startsWith(typed.substring(0, Math.min(1, typed.length())))))
                .orElseThrow();
    }

    /// The Levenshtein distance.
    static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(before[j], row[j - 1]));
            }
            int[] swap = before;
            before = row;
            row = swap;
        }
        return before[to.length()];
    }

    /// On one line, and at most 40 code points long.
    static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= SHORT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHORT)) + "…";
    }
}
