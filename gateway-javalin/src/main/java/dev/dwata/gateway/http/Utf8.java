package dev.dwata.gateway.http;

/// Counts bytes without making them.
public final class Utf8 {
    private Utf8() {}

    /// The length of `text` in UTF-8; a lone surrogate counts as the one byte of its replacement.
    public static int length(CharSequence text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (isPairAt(text, i)) {
                bytes += 4;
                i++;
            } else {
                bytes += Character.isSurrogate(c) ? 1 : 3;
            }
        }
        return bytes;
    }

    private static boolean isPairAt(CharSequence text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }
}
