package dev.dwata.cli.output;

import java.util.Locale;

/// Makes text from models, tools and other clients harmless to a terminal, which would obey what is in it.
public final class Printable {
    private static final char REPLACEMENT = '\uFFFD';

    private Printable() {}

    /// Text of any length and shape: line feeds and tabs stay, other control characters go.
    public static String text(String text) {
        return clean(text, true);
    }

    /// Text in which nothing is hidden: what does not show, or changes how the rest shows, is written by its
    /// number. For what somebody is to agree to.
    public static String revealed(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c != '\n' && c != '\t' && !isPlain(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04X", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /// Whether a code point shows as what it is, and leaves the rest as it is.
    public static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /// The same on one line, at most `limit` code points long, with an ellipsis where it was longer.
    public static String line(String text, int limit) {
        String head = text.length() > 4 * limit ? text.substring(0, 4 * limit) : text;
        String line = clean(head.strip().replaceAll("\\s+", " "), false);
        if (line.codePointCount(0, line.length()) <= limit) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, limit - 1)) + "…";
    }

    private static String clean(String text, boolean keepLines) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmless = !isControl(c) || (keepLines && (c == '\n' || c == '\t'));
            if (!harmless && clean == null) {
                clean = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (clean != null && (harmless || c != '\r')) {
                clean.append(harmless ? c : REPLACEMENT);
            }
        }
        return clean == null ? text : clean.toString();
    }

    /// C0, C1, and what turns the direction of writing.
    private static boolean isControl(char c) {
        return Character.isISOControl(c) || (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }
}
