package dev.dwata.mcp;

import java.nio.charset.StandardCharsets;

/// Texts that are not longer than they may be, in UTF-8, cut between code points.
final class Cut {
    private static final String MARK = "…";

    private Cut() {}

    /// @return `text` itself where it fits; else its beginning and `…`
    static String toBytes(String text, int most) {
        if (text.length() <= most / 3 || size(text) <= most) {
            return text;
        }
        int bytes = size(MARK);
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += bytes(point);
            if (bytes > most) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end) + MARK;
    }

    static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int bytes(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
