package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// What an item is. The kinds below have contents of a known shape; clients may have others, whose contents are
/// any object.
///
/// @param name a lower-case letter, then at most 39 of `a-z 0-9 _ -`
public record ItemKind(@JsonValue String name) {
    /// A piece of code that plays.
    public static final ItemKind CLIP = new ItemKind("clip");
    /// Clips in their order.
    public static final ItemKind SONG = new ItemKind("song");
    /// Songs and clips in their order.
    public static final ItemKind PLAYLIST = new ItemKind("playlist");
    /// Samples.
    public static final ItemKind PACK = new ItemKind("pack");
    /// A text.
    public static final ItemKind DOCUMENT = new ItemKind("document");
    /// A body of typed elements, and a transcript.
    public static final ItemKind FILE = new ItemKind("file");

    @JsonCreator
    public ItemKind {
        if (!name.matches("[a-z][a-z0-9_-]{0,39}")) {
            throw new IllegalArgumentException("kind must be a lower-case letter and then at most 39 of a-z 0-9 _ -");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
