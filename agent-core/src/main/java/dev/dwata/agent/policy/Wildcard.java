package dev.dwata.agent.policy;

import java.util.ArrayList;
import java.util.List;

/// A text in which `*` stands for any characters, also none. `\*` is a star itself, `\\` a backslash; before
/// anything else a backslash is one. The time to compare grows with the two texts, never with their product.
final class Wildcard {
    private final List<String> pieces;

    /// @param pieces what is between the stars; at least one
    private Wildcard(List<String> pieces) {
        this.pieces = pieces;
    }

    static Wildcard of(String pattern) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
            if (c == '\\' && (next == '*' || next == '\\')) {
                piece.append(next);
                i++;
            } else if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return new Wildcard(pieces);
    }

    /// The pattern that only this text fits.
    static String literal(String text) {
        return text.replace("\\", "\\\\").replace("*", "\\*");
    }

    boolean matches(String text) {
        String first = pieces.getFirst();
        if (pieces.size() == 1) {
            return text.equals(first);
        }
        String last = pieces.getLast();
        int from = first.length();
        int to = text.length() - last.length();
        if (from > to || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            from = endOf(piece, text, from, to);
            if (from < 0) {
                return false;
            }
        }
        return true;
    }

    /// Looks for a piece and never looks at a character of the text twice (Knuth, Morris, Pratt).
    ///
    /// @return the index after it; -1 where it is not there
    private static int endOf(String piece, String text, int from, int to) {
        if (piece.isEmpty()) {
            return from;
        }
        int[] borders = borders(piece);
        int fits = 0;
        for (int i = from; i < to; i++) {
            while (fits > 0 && piece.charAt(fits) != text.charAt(i)) {
                fits = borders[fits - 1];
            }
            if (piece.charAt(fits) == text.charAt(i)) {
                fits++;
            }
            if (fits == piece.length()) {
                return i + 1;
            }
        }
        return -1;
    }

    /// For each beginning of the piece, how long the longest shorter beginning is that it ends with.
    private static int[] borders(String piece) {
        int[] borders = new int[piece.length()];
        int border = 0;
        for (int i = 1; i < piece.length(); i++) {
            while (border > 0 && piece.charAt(border) != piece.charAt(i)) {
                border = borders[border - 1];
            }
            if (piece.charAt(border) == piece.charAt(i)) {
                border++;
            }
            borders[i] = border;
        }
        return borders;
    }
}
