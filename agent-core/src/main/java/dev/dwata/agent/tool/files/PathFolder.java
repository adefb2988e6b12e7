package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder by its path, for systems without handles.
record PathFolder(Path path) implements OpenFolder {
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    @Override
    public OpenFolder folder(Path name) throws IOException {
        if (!attributes(name).isDirectory()) {
            throw new NotDirectoryException(name.toString());
        }
        return new PathFolder(at(name));
    }

    @Override
    public BasicFileAttributes attributes(Path name) throws IOException {
        return Files.readAttributes(at(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public FileChannel read(Path name) throws IOException {
        return FileChannel.open(at(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public FileChannel create(Path name, boolean secret) throws IOException {
        return secret && permissions(path) != null
                ? FileChannel.open(at(name), CREATE, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(at(name), CREATE);
    }

    @Override
    public List<Path> names(int most) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (names.size() == most) {
                    break;
                }
                names.add(entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public void rename(Path name, OpenFolder there, Path newName) throws IOException {
        if (!(there instanceof PathFolder target)) {
            throw new IllegalArgumentException("not a folder of the same workspace");
        }
        Files.move(at(name), target.at(newName), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    public void deleteFolder(Path name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    public void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView target = permissions(at(to));
        if (target != null) {
            target.setPermissions(Files.getPosixFilePermissions(at(from), LinkOption.NOFOLLOW_LINKS));
        }
    }

    @Override
    public void sync() throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {}

    private Path at(Path name) {
        return path.resolve(name);
    }

    private static @Nullable PosixFileAttributeView permissions(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
