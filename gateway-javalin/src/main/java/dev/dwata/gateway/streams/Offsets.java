package dev.dwata.gateway.streams;

import dev.dwata.gateway.http.Asked;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Positions as clients know them: of one length, so that they compare as texts as they do as numbers. The part
/// before the line is there for a time when a stream has more than one series of positions.
final class Offsets {
    /// Before everything.
    static final String START = "-1";

    /// After everything.
    static final String NOW = "now";

    private static final Pattern FORM = Pattern.compile("0{16}_([0-9]{16})");

    private Offsets() {}

    static String of(long position) {
        return "0000000000000000_" + "0".repeat(16 - Long.toString(position).length()) + position;
    }

    /// @return the position; absent if it is none of ours
    static @Nullable Long parse(String offset) {
        Matcher matcher = FORM.matcher(offset);
        return matcher.matches() ? Long.valueOf(Long.parseLong(matcher.group(1))) : null;
    }

    /// Where a request wants to read from.
    ///
    /// @param text     as it was sent; the start where it was not
    /// @param position 0 or more; absent: from now on
    record Wanted(String text, @Nullable Long position) {
        /// @param tail where now is
        long after(long tail) {
            return position == null ? tail : position;
        }

        boolean now() {
            return position == null;
        }
    }

    /// @param sent all that a request has of it
    static Wanted wanted(List<String> sent) {
        if (sent.size() > 1) {
            throw Asked.invalid("offset is there " + sent.size() + " times");
        }
        String text = sent.isEmpty() ? START : sent.getFirst();
        if (text.equals(NOW)) {
            return new Wanted(text, null);
        }
        Long position = text.equals(START) ? Long.valueOf(0) : parse(text);
        if (position == null) {
            throw Asked.invalid("offset must be -1, now, or one that an answer named");
        }
        return new Wanted(text, position);
    }
}
