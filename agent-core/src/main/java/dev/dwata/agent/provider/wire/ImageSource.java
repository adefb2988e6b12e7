package dev.dwata.agent.provider.wire;

import dev.dwata.types.Part;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How an image reaches a model: within the request, by a link that the provider follows, or only in words.
public sealed interface ImageSource {
    /// A whole data URI, base64 inside.
    record Inline(String mediaType, String base64) implements ImageSource {}

    /// @param url https
    record Linked(String url) implements ImageSource {}

    /// @param text tells the model that there is an image it cannot see
    record Described(String text) implements ImageSource {}

    /// A `data:` URI is sent along, an `https:` URL linked; of anything else the model is only told.
    static ImageSource of(Part.Image image) {
        Matcher data = DataUri.PATTERN.matcher(image.uri());
        if (data.lookingAt()) {
            return new Inline(data.group(1), image.uri().substring(data.end()));
        }
        if (image.uri().startsWith("https://")) {
            return new Linked(image.uri());
        }
        return new Described("[an image, " + image.mediaType() + ", which you cannot see]");
    }

    /// What a model is told of a file that it cannot see.
    static String describe(Part.File file) {
        return "[the file " + file.name() + ", " + file.mediaType() + ", which you cannot see]";
    }

    /// `data:image/png;base64,`, with parameters in between perhaps.
    final class DataUri {
        private static final Pattern PATTERN = Pattern.compile("data:([\\w.+-]+/[\\w.+-]+)(?:;[\\w=.+-]+)*?;base64,");

        private DataUri() {}
    }
}
