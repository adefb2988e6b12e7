package dev.dwata.agent.store;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kinds of files that can be attached, and what their bytes look like.
public final class MediaTypes {
    /// How much of a file's beginning is enough to tell what it is.
    public static final int HEAD_BYTES = 8 << 10;

    private static final String ALLOWED = "image/png, image/jpeg, image/gif, image/webp, application/pdf or text/*";
    private static final String PDF = "application/pdf";
    private static final Set<String> BY_SIGNATURE = Set.of("image/png", "image/jpeg", "image/gif", "image/webp", PDF);
    private static final Map<String, String> TEXT_BY_EXTENSION = Map.of(
            "md", "text/markdown",
            "csv", "text/csv",
            "tsv", "text/tab-separated-values",
            "html", "text/html",
            "htm", "text/html",
            "xml", "text/xml",
            "css", "text/css");

    private MediaTypes() {}

    /// @param given may have parameters
    /// @return as it is stored
    /// @throws AgentException with `Unsupported` naming the allowed ones
    public static String allowed(String given) {
        String type = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("image/jpg")) {
            return "image/jpeg";
        }
        if (BY_SIGNATURE.contains(type) || type.matches("text/[a-z0-9][a-z0-9.+-]{0,63}")) {
            return type;
        }
        throw new AgentException(new AgentError.Unsupported(
                "an attachment must be " + ALLOWED + ", not " + (type.isEmpty() ? "of no media type" : shown(type))));
    }

    /// @param type as [#allowed] gives it
    /// @param head the beginning of the file, [#HEAD_BYTES] where there are so many
    /// @throws AgentException with `Unsupported` if the file is something else
    public static void check(String type, byte[] head, String name) {
        String found = signature(head);
        if (found != null ? !found.equals(type) : !(type.startsWith("text/") && isText(head))) {
            String seen = found == null ? (isText(head) ? "text" : "something else") : found;
            throw new AgentException(new AgentError.Unsupported(
                    "'" + name + "' is not " + type + ": by its bytes it is " + seen + "; allowed are " + ALLOWED));
        }
    }

    /// What a file is, where nobody says.
    ///
    /// @param head its beginning, [#HEAD_BYTES] where there are so many
    /// @return absent where it is nothing that can be attached
    public static @Nullable String guess(String name, byte[] head) {
        String found = signature(head);
        if (found != null || !isText(head)) {
            return found;
        }
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TEXT_BY_EXTENSION.getOrDefault(extension, "text/plain");
    }

    /// The allowed media types, for people.
    public static String names() {
        return ALLOWED;
    }

    private static @Nullable String signature(byte[] head) {
        if (has(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (has(head, 0, "\u00FF\u00D8\u00FF")) {
            return "image/jpeg";
        }
        if (has(head, 0, "GIF87a") || has(head, 0, "GIF89a")) {
            return "image/gif";
        }
        if (has(head, 0, "RIFF") && has(head, 8, "WEBP")) {
            return "image/webp";
        }
        return has(head, blank(head), "%PDF-") ? PDF : null;
    }

    /// How many blanks are at the beginning; readers of PDF pass over them.
    private static int blank(byte[] head) {
        int at = has(head, 0, "\u00EF\u00BB\u00BF") ? 3 : 0;
        while (at < head.length && (head[at] == ' ' || head[at] == '\n' || head[at] == '\r' || head[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean has(byte[] head, int at, String mark) {
        byte[] bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /// Text has no NUL; one that is not UTF-8 is still read, with signs of replacement in it.
    private static boolean isText(byte[] head) {
        for (byte one : head) {
            if (one == 0) {
                return false;
            }
        }
        return true;
    }

    private static String shown(String type) {
        return CleanText.of(type.length() <= 100 ? type : type.substring(0, 100));
    }
}
