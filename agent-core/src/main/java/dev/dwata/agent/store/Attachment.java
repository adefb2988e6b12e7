package dev.dwata.agent.store;

import dev.dwata.types.Part;
import java.util.List;

/// An image or a file that a message may refer to.
///
/// @param id        SHA-256 of its bytes, 64 lower-case hexadecimal digits
/// @param size      in bytes, at least 1
/// @param mediaType without parameters, in lower case: one of those that [MediaTypes] allows
/// @param name      as shown to people: a file's name, without folders
public record Attachment(String id, long size, String mediaType, String name) {
    /// What the URIs of attachments begin with; the id follows.
    public static final String SCHEME = "attachment:";

    public static final int ID_LENGTH = 64;

    /// How messages refer to it.
    public String uri() {
        return SCHEME + id;
    }

    /// The part that stands for it in a message.
    public Part part() {
        return mediaType.startsWith("image/")
                ? new Part.Image(uri(), mediaType)
                : new Part.File(uri(), mediaType, name);
    }

    /// Whether a URI is one of an attachment, as far as its form goes.
    public static boolean isUri(String uri) {
        return uri.startsWith(SCHEME) && isId(uri.substring(SCHEME.length()));
    }

    /// @param uri one of an attachment
    public static String idOf(String uri) {
        if (!isUri(uri)) {
            throw new IllegalArgumentException("'" + uri + "' is not the URI of an attachment, attachment:<sha256>");
        }
        return uri.substring(SCHEME.length());
    }

    /// The ids of the attachments that a message refers to, each once, in their order.
    public static List<String> idsIn(List<Part> parts) {
        return parts.stream()
                .map(Attachment::uriOf)
                .filter(Attachment::isUri)
                .map(Attachment::idOf)
                .distinct()
                .toList();
    }

    /// Where the bytes of an image or a file are; empty for any other part.
    public static String uriOf(Part part) {
        return switch (part) {
            case Part.Image image -> image.uri();
            case Part.File file -> file.uri();
            case Part.Text other -> "";
            case Part.Reasoning other -> "";
            case Part.ToolCall other -> "";
            case Part.ToolResult other -> "";
            case Part.Unknown other -> "";
        };
    }

    public static boolean isId(String id) {
        return id.length() == ID_LENGTH && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
