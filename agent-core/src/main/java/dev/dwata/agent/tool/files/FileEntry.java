package dev.dwata.agent.tool.files;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Something in a folder, as a model is told of it.
///
/// @param path relative to the workspace
/// @param type `file`, `folder`, `link` or `other`
/// @param size in bytes; absent where it is no file
record FileEntry(String path, String type, @Nullable Long size) {
    static FileEntry of(Path path, BasicFileAttributes attributes) {
        String shown = Place.show(path);
        if (attributes.isRegularFile()) {
            return new FileEntry(shown, "file", attributes.size());
        }
        return new FileEntry(
                shown, attributes.isDirectory() ? "folder" : attributes.isSymbolicLink() ? "link" : "other", null);
    }
}
