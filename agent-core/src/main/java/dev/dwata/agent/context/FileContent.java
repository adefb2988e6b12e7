package dev.dwata.agent.context;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.CleanText;
import dev.dwata.types.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Parts that hold what an attachment holds.
final class FileContent {
    static final int MOST_TEXT = 256 << 10;

    private static final int CHUNK = 48 << 10; // a multiple of 3, so that base64 needs no padding in between

    private FileContent() {}

    /// How many bytes of it are sent.
    static long bytes(Attachment attachment) {
        return isText(attachment) ? Math.min(attachment.size(), MOST_TEXT) : attachment.size();
    }

    /// A text begins with an empty line: some providers are sent a message's texts as one.
    ///
    /// @param part the one that refers to it
    /// @param in   its bytes; not closed
    static Part of(Part part, Attachment attachment, InputStream in) throws IOException {
        if (isText(attachment)) {
            return new Part.Text(text(attachment, in.readNBytes(MOST_TEXT)));
        }
        String uri = dataUri(attachment, in);
        return part instanceof Part.File file
                ? new Part.File(uri, attachment.mediaType(), file.name())
                : new Part.Image(uri, attachment.mediaType());
    }

    private static boolean isText(Attachment attachment) {
        return attachment.mediaType().startsWith("text/");
    }

    private static String text(Attachment attachment, byte[] bytes) {
        boolean cut = attachment.size() > bytes.length;
        int end = cut ? codePointEnd(bytes) : bytes.length;
        String text = CleanText.of(new String(bytes, 0, end, StandardCharsets.UTF_8));
        String shown = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return "\n\n[the file " + attachment.name() + ", " + attachment.mediaType() + "]\n" + shown
                + (cut
                        ? "\n[the file goes on: these are the first " + end + " of " + attachment.size() + " bytes]"
                        : "");
    }

    /// The end of the last character that is whole; UTF-8 has at most 4 bytes for one.
    private static int codePointEnd(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > bytes.length - 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = bytes[start] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + length > bytes.length ? start : bytes.length;
    }

    private static String dataUri(Attachment attachment, InputStream in) throws IOException {
        byte[] head = ("data:" + attachment.mediaType() + ";base64,").getBytes(StandardCharsets.ISO_8859_1);
        byte[] uri = Arrays.copyOf(head, Math.toIntExact(head.length + (attachment.size() + 2) / 3 * 4));
        int at = head.length;
        byte[] chunk = in.readNBytes(CHUNK);
        while (chunk.length > 0) {
            byte[] encoded = Base64.getEncoder().encode(chunk);
            if (at + encoded.length > uri.length) {
                throw new IOException("the file is larger than it was");
            }
            System.arraycopy(encoded, 0, uri, at, encoded.length);
            at += encoded.length;
            chunk = in.readNBytes(CHUNK);
        }
        return new String(uri, 0, at, StandardCharsets.ISO_8859_1);
    }
}
