package dev.dwata.mcp;

import dev.dwata.types.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the tools of servers were when they were first seen, or last approved. A file, so that it is the same
/// for all processes, and `dwata mcp approve` counts at once:
///
///     {"files": {"read_file": "<sha256>", …}, …}
final class Pins {
    private static final int MOST_BYTES = 8 << 20;

    private final Path file;
    private final ReentrantLock turn = new ReentrantLock();

    Pins(Path file) {
        this.file = file;
    }

    /// Remembers those of the tools that were never seen.
    ///
    /// @return those that are not what they were
    List<ListedTool> changed(String server, Collection<ListedTool> tools) throws ServerFailure {
        List<ListedTool> changed = new ArrayList<>();
        boolean isNew = false;
        JsonNode known = read().path(server);
        for (ListedTool tool : tools) {
            JsonNode pin = known.path(tool.remoteName());
            isNew |= pin.isMissingNode();
            if (!pin.isMissingNode() && !tool.hash().equals(pin.asString(""))) {
                changed.add(tool);
            }
        }
        if (isNew) {
            write(server, tools, false);
        }
        return changed;
    }

    /// Takes the tools for what they are now.
    void approve(String server, Collection<ListedTool> tools) throws ServerFailure {
        write(server, tools, true);
    }

    private void write(String server, Collection<ListedTool> tools, boolean replacing) throws ServerFailure {
        turn.lock();
        try (FileChannel lock = FileChannel.open(
                        file.resolveSibling(file.getFileName() + ".lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        ownersOnly());
                var held = lock.lock()) {
            ObjectNode pins = read();
            ObjectNode ofServer = pins.path(server) instanceof ObjectNode there ? there : pins.putObject(server);
            for (ListedTool tool : tools) {
                if (replacing || !ofServer.has(tool.remoteName())) {
                    ofServer.put(tool.remoteName(), tool.hash());
                }
            }
            if (held.isValid()) {
                replace(Json.MAPPER.writeValueAsString(pins));
            }
        } catch (IOException e) {
            throw failure("written", e);
        } finally {
            turn.unlock();
        }
    }

    private ObjectNode read() throws ServerFailure {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            if (Json.STRICT.readTree(new String(bytes, StandardCharsets.UTF_8)) instanceof ObjectNode pins) {
                return pins;
            }
            throw new IOException("it does not hold a JSON object");
        } catch (NoSuchFileException e) {
            return Json.MAPPER.createObjectNode();
        } catch (IOException | JacksonException e) {
            throw failure("read", e);
        }
    }

    private void replace(String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try (FileChannel out = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly())) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                if (out.write(bytes) < 0) {
                    throw new UncheckedIOException(new IOException("nothing was written"));
                }
            }
            out.force(true);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private ServerFailure failure(String what, Exception cause) {
        return new ServerFailure(
                "the file " + file + ", which tells whether tools of MCP servers have changed, cannot be " + what + ": "
                        + cause.getMessage(),
                cause);
    }

    private static FileAttribute<?>[] ownersOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
