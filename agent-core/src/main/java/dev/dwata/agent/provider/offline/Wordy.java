package dev.dwata.agent.provider.offline;

/// Numbers and texts as people read them.
final class Wordy {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Wordy() {}

    /// At most `limit` code points of `text`, with an ellipsis where it was longer.
    static String cut(String text, int limit) {
        return text.codePointCount(0, text.length()) <= limit
                ? text
                : text.substring(0, text.offsetByCodePoints(0, limit)) + "…";
    }

    /// "1 file", "2 files".
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /// "1 byte", "12 bytes", "3.4 kB".
    static String size(long bytes) {
        if (bytes < 1000) {
            return count(bytes, "byte", "bytes");
        }
        int unit = 0;
        long tenths = bytes * 10;
        while (tenths >= 10_000 && unit < UNITS.length - 1) {
            tenths /= 1000;
            unit++;
        }
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }
}
