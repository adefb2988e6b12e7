package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/// Puts a file in its place all at once: whoever looks sees the old content or the new one, after a crash too.
final class AtomicFile {
    private AtomicFile() {}

    /// A file that is replaced keeps its permissions, and other hard links to it keep the old content.
    /// Nobody but the owner can read the new content before it has those permissions.
    ///
    /// @param replaces whether there is a file of this name
    static void write(OpenFolder folder, Path name, boolean replaces, byte[] content) throws IOException {
        TemporaryName.sweep(folder);
        Path temporary = TemporaryName.create();
        try {
            fill(folder, temporary, replaces, content);
            if (replaces) {
                folder.copyPermissions(name, temporary);
            }
            folder.rename(temporary, folder, name);
        } catch (IOException e) {
            TemporaryName.delete(folder, temporary);
            throw e instanceof AccessDeniedException ? new AccessDeniedException(name.toString()) : e;
        }
        folder.sync();
    }

    private static void fill(OpenFolder folder, Path name, boolean secret, byte[] content) throws IOException {
        try (FileChannel channel = folder.create(name, secret)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }
}
