package dev.dwata.agent.store;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Takes in the bytes of an attachment: the same checks in every store.
public final class ReceivedFile {
    private static final int BUFFER = 64 << 10;
    private static final int MOST_NAME = 200;

    private ReceivedFile() {}

    /// Where the bytes go.
    @FunctionalInterface
    public interface Sink {
        void write(byte[] bytes, int length);
    }

    /// Reads it, handing on what comes at once. See [Attachments#put] for what is thrown.
    ///
    /// @return what it is, not yet stored
    public static Attachment read(InputStream bytes, String mediaType, String name, Sink sink) throws IOException {
        String type = MediaTypes.allowed(mediaType);
        String shown = name(name);
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        int read = bytes.readNBytes(buffer, 0, MediaTypes.HEAD_BYTES);
        if (read == 0) {
            throw new AgentException(new AgentError.InvalidRequest("'" + shown + "' is empty"));
        }
        MediaTypes.check(type, Arrays.copyOf(buffer, read), shown);
        long size = 0;
        while (read > 0) {
            size += read;
            if (size > Attachments.MAX_BYTES) {
                throw tooLarge(shown);
            }
            digest.update(buffer, 0, read);
            sink.write(buffer, read);
            read = Math.max(0, bytes.read(buffer));
        }
        return new Attachment(HexFormat.of().formatHex(digest.digest()), size, type, shown);
    }

    /// @param name of the file, for the message
    public static AgentException tooLarge(String name) {
        return new AgentException(new AgentError.TooLarge(
                "an attachment must be at most " + (Attachments.MAX_BYTES >> 20) + " MiB; '" + name + "' is larger"));
    }

    /// The last part of a path, on one line.
    private static String name(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        StringBuilder name = new StringBuilder();
        CleanText.of(last)
                .codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(MOST_NAME)
                .forEach(name::appendCodePoint);
        String shown = name.toString().strip();
        return shown.isEmpty() ? "file" : shown;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
