package dev.dwata.cli.home;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Sees to it that a data folder has one gateway. The operating system lets go of the lock when the process
/// ends, however it does.
public final class GatewayLock implements AutoCloseable {
    private static final int MAX_PID = 20;

    private final FileChannel channel;

    private GatewayLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws CommandFailure if another gateway has it, or the file cannot be made
    public static GatewayLock take(Path dataFolder) {
        Path file = dataFolder.resolve("gateway.lock");
        try {
            SmallFile.touch(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String pid = owner(channel);
                channel.close();
                throw new CommandFailure(
                        ExitCode.HELD_BY_ANOTHER,
                        "a gateway runs for " + dataFolder + " already" + (pid.isEmpty() ? "" : ", as process " + pid));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new GatewayLock(channel);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.CANNOT_CREATE, file + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_PID);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the end of the process lets go of it
        }
    }
}
