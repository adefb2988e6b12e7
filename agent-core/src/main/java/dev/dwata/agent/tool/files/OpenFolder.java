package dev.dwata.agent.tool.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// A folder that is open, and what can be done with the names in it. A name is one part of a path; a symbolic
/// link is never followed. For the folder itself the name is `.`.
///
/// Methods throw `NoSuchFileException` where nothing has that name.
interface OpenFolder extends Closeable {
    /// The folder of this name, to be closed by the caller. What it is must have been looked at before: to open
    /// a pipe would wait for its other end.
    OpenFolder folder(Path name) throws IOException;

    /// Of a link: its own.
    BasicFileAttributes attributes(Path name) throws IOException;

    /// Opens a file to read it; what it is must have been looked at before.
    FileChannel read(Path name) throws IOException;

    /// Makes a file to write it. Fails if something has that name.
    ///
    /// @param secret whether only the owner may read it, where the system knows of that
    FileChannel create(Path name, boolean secret) throws IOException;

    /// What is in the folder, in no order.
    ///
    /// @param most how many names to return at most
    List<Path> names(int most) throws IOException;

    /// Gives what is here another name, there. A file that has that name is replaced, at once; of folders
    /// only an empty one is.
    ///
    /// @param there a folder of the same workspace
    void rename(Path name, OpenFolder there, Path newName) throws IOException;

    void deleteFile(Path name) throws IOException;

    /// Fails unless it is empty.
    void deleteFolder(Path name) throws IOException;

    /// Gives `to` the permissions of `from`, where the system has them.
    void copyPermissions(Path from, Path to) throws IOException;

    /// Makes the names in it safe from a crash, where the system can do that.
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
