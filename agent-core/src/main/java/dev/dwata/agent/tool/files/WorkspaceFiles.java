package dev.dwata.agent.tool.files;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows the files of a [Workspace] to people, behind the same jail as the tools. What a tool would ask a
/// person about before it reads it is not shown.
public final class WorkspaceFiles {
    /// The most entries of a folder that are shown.
    public static final int MOST_ENTRIES = 1_000;

    private final Workspace workspace;

    public WorkspaceFiles(Workspace workspace) {
        this.workspace = workspace;
    }

    /// What is at a path.
    public sealed interface Found {
        /// @param bytes to be closed by the caller
        record File(String path, InputStream bytes, long size) implements Found {}

        /// @param entries   by name
        /// @param truncated whether there is more
        record Folder(String path, List<Entry> entries, boolean truncated) implements Found {}
    }

    /// @param path relative to the workspace
    /// @param type `file`, `folder`, `link` or `other`
    /// @param size in bytes; absent where it is no file
    public record Entry(String path, String type, @Nullable Long size) {}

    /// @param path empty for the workspace itself
    /// @throws AgentException with `NotFound` where there is nothing that may be shown, `Forbidden` for a file
    ///                        that holds secrets
    public Found find(String path) {
        try (Place place = workspace.existing(path.isBlank() ? "." : path)) {
            if (ProtectedNames.reading(place.path()) != null) {
                throw new AgentException(new AgentError.Forbidden("'" + place.show() + "' is not shown to anybody"));
            }
            if (place.isFolder()) {
                return folder(place);
            }
            FileChannel channel = place.read();
            return new Found.File(place.show(), Channels.newInputStream(channel), channel.size());
        } catch (PathRefused e) {
            throw new AgentException(new AgentError.NotFound(e.sentence()), e);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new AgentException(new AgentError.NotFound("there is no '" + path + "' in the workspace"), e);
        } catch (IOException e) {
            throw new AgentException(new AgentError.NotFound("'" + path + "' cannot be read"), e);
        }
    }

    private static Found folder(Place place) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (OpenFolder folder = place.folder().folder(place.name())) {
            List<Path> names = folder.names(MOST_ENTRIES + 1);
            for (Path name : names.subList(0, Math.min(names.size(), MOST_ENTRIES))) {
                Path path = place.isWorkspace() ? name : place.path().resolve(name);
                FileEntry entry = FileEntry.of(path, folder.attributes(name));
                entries.add(new Entry(entry.path(), entry.type(), entry.size()));
            }
            entries.sort(Comparator.comparing(Entry::path));
            return new Found.Folder(place.show(), entries, names.size() > MOST_ENTRIES);
        }
    }
}
