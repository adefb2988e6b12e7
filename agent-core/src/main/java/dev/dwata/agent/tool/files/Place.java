package dev.dwata.agent.tool.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a path leads: a folder of the workspace, held open, and a name in it.
///
/// @param folder     the last folder on the way that exists
/// @param parts      all names from the workspace on, links resolved
/// @param at         which of them is the first in `folder`; only where nothing has its name may more follow
/// @param attributes what has that name; absent where nothing has
record Place(
        OpenFolder folder,
        List<Path> parts,
        int at,
        @Nullable BasicFileAttributes attributes) implements Closeable {
    Place {
        parts = List.copyOf(parts);
    }

    boolean exists() {
        return attributes != null;
    }

    /// The name in `folder`; `.` for the workspace itself.
    Path name() {
        return parts.get(at);
    }

    boolean isWorkspace() {
        return name().toString().equals(".");
    }

    /// Relative to the workspace.
    Path path() {
        return join(parts);
    }

    String show() {
        return show(path());
    }

    boolean isFolder() {
        return attributes != null && attributes.isDirectory();
    }

    /// What is there, told from everything else: "(dev=…,ino=…)", or "missing".
    String identity() {
        return attributes == null ? "missing" : String.valueOf(attributes.fileKey());
    }

    /// Opens the regular file that is there.
    FileChannel read() throws IOException {
        return Place.read(folder, name(), requireFile());
    }

    /// The file must still be the one that was looked at.
    static FileChannel read(OpenFolder folder, Path name, BasicFileAttributes seen) throws IOException {
        FileChannel channel = folder.read(name);
        try {
            if (Objects.equals(folder.attributes(name).fileKey(), seen.fileKey())) {
                return channel;
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new PathRefused("'" + show(name) + "' was replaced while it was opened; try again");
    }

    BasicFileAttributes requireThere(String asked) throws PathRefused {
        if (attributes == null) {
            throw new PathRefused("there is no '" + asked + "' in the workspace");
        }
        return attributes;
    }

    BasicFileAttributes requireFile() throws PathRefused {
        BasicFileAttributes there = requireThere(show());
        if (there.isDirectory()) {
            throw new PathRefused("'" + show() + "' is a folder, not a file");
        }
        if (!there.isRegularFile()) {
            throw new PathRefused("'" + show() + "' is not a regular file");
        }
        return there;
    }

    /// Nothing, or a regular file.
    void requireReplaceable() throws PathRefused {
        if (isWorkspace()) {
            throw new PathRefused("'.' is a folder, not a file");
        }
        if (attributes == null) {
            return;
        }
        if (attributes.isSymbolicLink()) {
            throw new PathRefused("'" + show() + "' is a symbolic link; write to the file that it leads to");
        }
        if (!attributes.isRegularFile()) {
            throw new PathRefused("'" + show() + "' is " + (isFolder() ? "a folder" : "not a regular file"));
        }
    }

    /// Something that may be moved or deleted: a regular file or a folder, not the workspace itself.
    BasicFileAttributes requireMovable(String asked) throws PathRefused {
        BasicFileAttributes there = requireThere(asked);
        if (isWorkspace()) {
            throw new PathRefused("'" + asked + "' is the workspace itself");
        }
        if (there.isSymbolicLink()) {
            throw new PathRefused("'" + show() + "' is a symbolic link; links are not moved or deleted");
        }
        if (!there.isRegularFile() && !there.isDirectory()) {
            throw new PathRefused("'" + show() + "' is not a regular file");
        }
        return there;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }

    static Path join(List<Path> parts) {
        Path joined = parts.getFirst();
        for (Path part : parts.subList(1, parts.size())) {
            joined = joined.resolve(part);
        }
        return joined;
    }

    /// With `/` between the parts.
    static String show(Path relative) {
        String shown = relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
        return shown.isEmpty() ? "." : shown;
    }
}
