package dev.dwata.agent.tool.files;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folder that the file tools are jailed to.
///
/// Paths are relative to it, or absolute and inside it. They are walked one part at a time: a part may be a
/// symbolic link only if what it leads to lies inside, and `..` is never accepted. Only regular files are read
/// or replaced.
///
/// This is a guard against a model's mistakes and mischief, not a sandbox: between the check of a path and its
/// use, another process that can write to the folder could put a link in its way.
public final class Workspace {
    private static final int MAX_BYTES = 4096;
    private static final int MAX_PARTS = 64;

    private final Path root;
    private final Path asGiven;

    private Workspace(Path root, Path asGiven) {
        this.root = root;
        this.asGiven = asGiven;
    }

    /// @throws AgentException with `InvalidRequest` if `folder` is not a folder
    public static Workspace at(Path folder) {
        try {
            Path root = folder.toRealPath();
            if (Files.isDirectory(root)) {
                return new Workspace(root, folder.toAbsolutePath().normalize());
            }
        } catch (IOException e) {
            throw new AgentException(notAFolder(folder), e);
        }
        throw new AgentException(notAFolder(folder));
    }

    /// Its real path, without symbolic links.
    public Path root() {
        return root;
    }

    /// The file or folder at `path`, symbolic links on the way resolved.
    Path existing(String path) throws IOException {
        Path current = root;
        for (Path part : parts(path)) {
            requireFolder(current);
            current = step(current, part);
            try {
                attributes(current);
            } catch (NoSuchFileException e) {
                throw new PathRefused("there is no '" + path + "' in the workspace");
            }
        }
        return current;
    }

    /// The regular file at `path`.
    ///
    /// @throws IOException if it cannot be used, or is none; the message is for whoever named the path
    public Path existingFile(String path) throws IOException {
        Path file = existing(path);
        BasicFileAttributes attributes = attributes(file);
        if (attributes.isDirectory()) {
            throw new PathRefused("'" + path + "' is a folder, not a file");
        }
        if (!attributes.isRegularFile()) {
            throw new PathRefused("'" + path + "' is not a regular file");
        }
        return file;
    }

    /// The folder at `path`; the workspace itself where absent.
    ///
    /// @throws IOException if it cannot be used, or is none; the message is for whoever named the path
    public Path existingFolder(@Nullable String path) throws IOException {
        Path folder = path == null || path.isBlank() ? root : existing(path);
        requireFolder(folder);
        return folder;
    }

    /// Where to put a file: nothing is there, or a regular file. Makes missing folders on the way.
    Path writable(String path) throws IOException {
        List<Path> parts = parts(path);
        if (parts.isEmpty()) {
            throw new PathRefused("'" + path + "' is a folder, not a file");
        }
        Path folder = root;
        for (Path part : parts.subList(0, parts.size() - 1)) {
            folder = step(folder, part);
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                make(folder);
            }
            requireFolder(folder);
        }
        Path file = folder.resolve(parts.getLast());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireReplaceable(file, path);
        }
        return file;
    }

    /// `path` relative to the workspace, with `/` between the parts; `.` for the workspace itself.
    String show(Path path) {
        String relative = root.relativize(path).toString().replace('\\', '/');
        return relative.isEmpty() ? "." : relative;
    }

    private List<Path> parts(String path) throws PathRefused {
        if (path.isEmpty()) {
            throw new PathRefused("path must not be empty");
        }
        if (path.indexOf('\0') >= 0) {
            throw new PathRefused("path must not contain the character NUL");
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new PathRefused("path must have at most " + MAX_BYTES + " bytes");
        }
        List<Path> parts = new ArrayList<>();
        for (Path part : relative(path)) {
            if (part.toString().equals("..")) {
                throw new PathRefused("'" + path + "' must not contain '..'");
            }
            if (!part.toString().isEmpty() && !part.toString().equals(".")) {
                parts.add(part);
            }
        }
        if (parts.size() > MAX_PARTS) {
            throw new PathRefused("path must have at most " + MAX_PARTS + " parts, not " + parts.size());
        }
        return parts;
    }

    private Path relative(String path) throws PathRefused {
        Path given;
        try {
            given = Path.of(path);
        } catch (InvalidPathException e) {
            throw new PathRefused("'" + path + "' is not a path: " + e.getReason());
        }
        if (!given.isAbsolute() && given.getRoot() == null) {
            return given;
        }
        if (given.startsWith(root)) {
            return root.relativize(given);
        }
        if (given.startsWith(asGiven)) {
            return asGiven.relativize(given);
        }
        throw new PathRefused("'" + path + "' is outside of the workspace");
    }

    private Path step(Path folder, Path part) throws IOException {
        Path next = folder.resolve(part);
        if (!Files.isSymbolicLink(next)) {
            return next;
        }
        Path target = null;
        try {
            target = next.toRealPath();
        } catch (IOException e) {
            // Refused below, in the same words: what lies outside is nobody's business.
        }
        if (target == null || !target.startsWith(root)) {
            throw new PathRefused("'" + show(next) + "' is a symbolic link that leads out of the workspace or nowhere");
        }
        return target;
    }

    private void requireFolder(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new PathRefused("'" + show(path) + "' is not a folder");
        }
    }

    private void requireReplaceable(Path file, String path) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        if (attributes.isSymbolicLink()) {
            throw new PathRefused("'" + path + "' is a symbolic link; write to the file that it leads to");
        }
        if (!attributes.isRegularFile()) {
            String kind = attributes.isDirectory() ? "a folder" : "not a regular file";
            throw new PathRefused("'" + path + "' is " + kind);
        }
        if (!Files.isWritable(file)) {
            throw new PathRefused("'" + path + "' is read-only");
        }
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            AtomicFile.sync(folder.getParent());
        } catch (FileAlreadyExistsException e) {
            // Somebody else made it; whether it is a folder is checked next.
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static AgentError notAFolder(Path folder) {
        return new AgentError.InvalidRequest("the workspace '" + folder + "' is not a folder that can be read");
    }
}
