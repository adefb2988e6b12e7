package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A folder as the system's own handle: it stays the same one, whatever becomes of its path.
record HandleFolder(SecureDirectoryStream<Path> handle) implements OpenFolder {
    private static final Path ITSELF = Path.of(".");
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /// Whether the system has such handles.
    static boolean available(Path folder) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            return stream instanceof SecureDirectoryStream;
        }
    }

    @SuppressWarnings("StreamResourceLeak") // It is closed with the folder.
    static HandleFolder open(Path folder) throws IOException {
        return of(Files.newDirectoryStream(folder), folder);
    }

    private static HandleFolder of(DirectoryStream<Path> stream, Path name) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> handle) {
            return new HandleFolder(handle);
        }
        stream.close();
        throw new IOException("the folder '" + name + "' cannot be held open");
    }

    @Override
    public OpenFolder folder(Path name) throws IOException {
        return of(handle.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS), name);
    }

    @Override
    public BasicFileAttributes attributes(Path name) throws IOException {
        return handle.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    @Override
    public FileChannel read(Path name) throws IOException {
        return open(name, READ);
    }

    @Override
    public FileChannel create(Path name, boolean secret) throws IOException {
        return secret ? open(name, CREATE, PosixFilePermissions.asFileAttribute(OWNER_ONLY)) : open(name, CREATE);
    }

    private FileChannel open(Path name, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        SeekableByteChannel channel = handle.newByteChannel(name, options, attributes);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("'" + name + "' cannot be opened as a file");
    }

    @Override
    public List<Path> names(int most) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = handle.newDirectoryStream(ITSELF, LinkOption.NOFOLLOW_LINKS)) {
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
        if (!(there instanceof HandleFolder target)) {
            throw new IllegalArgumentException("not a folder of the same workspace");
        }
        handle.move(name, target.handle, newName);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        handle.deleteFile(name);
    }

    @Override
    public void deleteFolder(Path name) throws IOException {
        handle.deleteDirectory(name);
    }

    @Override
    public void copyPermissions(Path from, Path to) throws IOException {
        permissions(to).setPermissions(permissions(from).readAttributes().permissions());
    }

    private PosixFileAttributeView permissions(Path name) {
        return handle.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void sync() throws IOException {
        try (FileChannel channel = open(ITSELF, READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
