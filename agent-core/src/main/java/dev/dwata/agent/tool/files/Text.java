package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The content of text files as a whole.
final class Text {
    /// The most bytes of a file that is written, or read whole.
    static final int MAX_BYTES = 10 * 1024 * 1024;

    private Text() {}

    /// @param argument what to call the text
    /// @throws PathRefused if no file can contain it, or it is too large
    static byte[] encode(String argument, String text) throws PathRefused {
        int half = halfPair(text);
        if (half >= 0) {
            throw new PathRefused("'" + argument + "' has half of a surrogate pair at character " + half
                    + ", which no file in UTF-8 can contain");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new PathRefused(
                    "'" + argument + "' has " + bytes.length + " bytes; at most " + MAX_BYTES + " can be written");
        }
        return bytes;
    }

    /// All of a file that is text.
    ///
    /// @param shown the file, for messages
    /// @throws PathRefused if it is too large, or not UTF-8
    static String read(FileChannel channel, String shown) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_BYTES) + 1);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until all is read, or more than expected.
        }
        if (!buffer.hasRemaining()) {
            throw new PathRefused("'" + shown + "' has more than " + MAX_BYTES + " bytes, or grows");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(buffer.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new PathRefused("'" + shown + "' is not a text in UTF-8");
        }
    }

    /// The beginning of `text`, never half of a character.
    static String cut(String text, int mostChars) {
        if (text.length() <= mostChars) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(mostChars - 1))
                && Character.isLowSurrogate(text.charAt(mostChars));
        return text.substring(0, pair ? mostChars - 1 : mostChars);
    }

    private static int halfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return i;
            }
            i += Character.charCount(c) - 1;
        }
        return -1;
    }
}
