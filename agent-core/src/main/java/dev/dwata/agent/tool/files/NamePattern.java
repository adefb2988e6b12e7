package dev.dwata.agent.tool.files;

import java.util.ArrayList;
import java.util.List;

/// The part of a [Glob] that is compared with one name.
final class NamePattern {
    private final boolean anyFolders;
    private final List<Piece> pieces = new ArrayList<>();

    private sealed interface Piece {
        record Star() implements Piece {}

        record One(int character) implements Piece {}

        record Any() implements Piece {}

        record Choice(String set, boolean negated) implements Piece {}
    }

    NamePattern(String pattern) {
        anyFolders = pattern.equals("**");
        int i = 0;
        while (i < pattern.length()) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '*' -> pieces.add(new Piece.Star());
                case '?' -> pieces.add(new Piece.Any());
                case '[' -> i = choice(pattern, i);
                default -> pieces.add(new Piece.One(c));
            }
        }
    }

    boolean anyFolders() {
        return anyFolders;
    }

    /// Walks both; where it fails, the latest `*` takes one more character.
    boolean matches(String name) {
        int[] characters = name.codePoints().toArray();
        int p = 0;
        int c = 0;
        int star = -1;
        int starCharacter = 0;
        while (c < characters.length) {
            if (p < pieces.size() && pieces.get(p) instanceof Piece.Star) {
                star = p++;
                starCharacter = c;
            } else if (p < pieces.size() && accepts(pieces.get(p), characters[c])) {
                p++;
                c++;
            } else if (star >= 0) {
                p = star + 1;
                c = ++starCharacter;
            } else {
                return false;
            }
        }
        while (p < pieces.size() && pieces.get(p) instanceof Piece.Star) {
            p++;
        }
        return p == pieces.size();
    }

    private int choice(String pattern, int start) {
        int close = pattern.indexOf(']', start + 1);
        if (close < 0) {
            throw new IllegalArgumentException("'pattern' has a '[' without its ']'");
        }
        boolean negated = pattern.charAt(start) == '!';
        pieces.add(new Piece.Choice(pattern.substring(negated ? start + 1 : start, close), negated));
        return close + 1;
    }

    private static boolean accepts(Piece piece, int character) {
        return switch (piece) {
            case Piece.Star star -> false;
            case Piece.One one -> one.character == character;
            case Piece.Any any -> true;
            case Piece.Choice choice -> contains(choice.set, character) != choice.negated;
        };
    }

    private static boolean contains(String set, int character) {
        int[] members = set.codePoints().toArray();
        for (int i = 0; i < members.length; i++) {
            boolean range = i + 2 < members.length && members[i + 1] == '-';
            if (range ? character >= members[i] && character <= members[i + 2] : character == members[i]) {
                return true;
            }
            i += range ? 2 : 0;
        }
        return false;
    }
}
