package dev.dwata.cli.ask;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.MediaTypes;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file of this machine that goes with a message. What cannot be attached is told before anything is asked,
/// from its size and its first bytes.
///
/// @param mediaType found out from its beginning, and from its name where that is text
public record LocalFile(Path path, String mediaType) {

    /// @throws CommandFailure if it is not there, too large, or nothing that a model reads
    public static LocalFile of(Path path) {
        if (!Files.exists(path)) {
            throw CommandFailure.usage("there is no file " + path);
        }
        if (!Files.isRegularFile(path)) {
            throw CommandFailure.usage(path + " is not a file that can be attached");
        }
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > Attachments.MAX_BYTES) {
                throw CommandFailure.usage(path + " has " + size + " bytes; an attachment must be at most "
                        + (Attachments.MAX_BYTES >> 20) + " MiB");
            }
            byte[] head = in.readNBytes(MediaTypes.HEAD_BYTES);
            String type = head.length == 0 ? null : MediaTypes.guess(name(path), head);
            return new LocalFile(path, known(path, type, head.length));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String known(Path path, @Nullable String type, int length) {
        if (type == null) {
            throw CommandFailure.usage(
                    length == 0 ? path + " is empty" : path + " is none of " + MediaTypes.names() + ", by its bytes");
        }
        return type;
    }

    /// Gives it to a runtime, without reading it as a whole.
    public Attachment attach(AgentRuntime runtime) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return runtime.attach(in, mediaType, name(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "file" : name.toString();
    }

    private static CommandFailure unreadable(Path path, IOException e) {
        return new CommandFailure(ExitCode.USAGE, path + " cannot be attached: " + e.getMessage(), e);
    }
}
