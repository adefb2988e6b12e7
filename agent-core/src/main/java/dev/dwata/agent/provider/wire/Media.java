package dev.dwata.agent.provider.wire;

import dev.dwata.types.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How an image or a document reaches a model: within the request, by a link that the provider follows, or in
/// words.
public sealed interface Media {
    /// A whole data URI, base64 inside.
    record Inline(String mediaType, String base64) implements Media {
        public String uri() {
            return "data:" + mediaType + ";base64," + base64;
        }
    }

    /// @param url https
    record Linked(String mediaType, String url) implements Media {}

    /// @param text tells the model what there is, or that it cannot see it
    record Described(String text) implements Media {}

    /// A `data:` URI is sent along, an `https:` URL linked; of anything else the model is only told.
    static Media of(Part.Image image) {
        Matcher data = DataUri.PATTERN.matcher(image.uri());
        if (data.lookingAt()) {
            return new Inline(data.group(1), image.uri().substring(data.end()));
        }
        return image.uri().startsWith("https://") ? new Linked(image.mediaType(), image.uri()) : describe(image);
    }

    /// A PDF in a `data:` URI is sent along, one behind an `https:` URL linked, and a text in a `data:` URI
    /// quoted; of anything else the model is only told.
    static Media of(Part.File file) {
        Matcher data = DataUri.PATTERN.matcher(file.uri());
        boolean inline = data.lookingAt();
        String type = inline ? data.group(1) : file.mediaType();
        String content = inline ? file.uri().substring(data.end()) : "";
        if (type.equals("application/pdf")) {
            if (inline) {
                return new Inline(type, content);
            }
            return file.uri().startsWith("https://") ? new Linked(type, file.uri()) : describe(file);
        }
        return inline && isText(type) ? quote(file, content) : describe(file);
    }

    /// What a model is told of an image that it cannot see.
    static Described describe(Part.Image image) {
        return new Described("[an image, " + image.mediaType() + ", which you cannot see]");
    }

    /// What a model is told of a file that it cannot see.
    static Described describe(Part.File file) {
        return new Described("[the file " + file.name() + ", " + file.mediaType() + ", which you cannot see]");
    }

    private static Described quote(Part.File file, String base64) {
        try {
            String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return new Described("[the file " + file.name() + ", " + file.mediaType() + "]\n" + text);
        } catch (IllegalArgumentException e) {
            return describe(file);
        }
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || mediaType.matches("application/(.+\\+)?(json|xml|yaml)");
    }

    /// `data:image/png;base64,`, with parameters in between perhaps.
    final class DataUri {
        private static final Pattern PATTERN = Pattern.compile("data:([\\w.+-]+/[\\w.+-]+)(?:;[\\w=.+-]+)*?;base64,");

        private DataUri() {}
    }
}
