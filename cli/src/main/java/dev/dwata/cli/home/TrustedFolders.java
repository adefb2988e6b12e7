package dev.dwata.cli.home;

import dev.dwata.agent.definition.files.Places;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The workspaces that the person trusts to say how agents work in them. Kept in the data folder, by their real
/// paths, where nothing that a workspace holds can change it; a folder inside of a trusted one is another
/// folder.
///
/// Where the list cannot be read nothing is trusted.
public final class TrustedFolders {
    public static final String FILE = "trusted.json";

    private static final String NOTICED = "noticed.json";
    private static final int MOST_NOTICED = 200;
    private static final int MOST_CHARACTERS = 60_000;

    private final Path dataFolder;

    public TrustedFolders(Path dataFolder) {
        this.dataFolder = dataFolder;
    }

    /// @param folder without symbolic links
    public boolean contains(Path folder) {
        try {
            return read(FILE).contains(folder.toString());
        } catch (IOException e) {
            return false;
        }
    }

    /// By path.
    ///
    /// @throws IOException if the list cannot be read
    public List<String> all() throws IOException {
        return read(FILE).stream().sorted().toList();
    }

    /// @param folder without symbolic links
    /// @return whether it was not trusted before
    /// @throws IOException if the list cannot be read or written
    public boolean trust(Path folder) throws IOException {
        List<String> paths = new ArrayList<>(read(FILE));
        if (paths.contains(folder.toString())) {
            return false;
        }
        paths.add(folder.toString());
        write(FILE, paths);
        return true;
    }

    /// @param folder as it was trusted, which need not exist any more
    /// @return whether it was trusted before
    /// @throws IOException if the list cannot be read or written
    public boolean untrust(Path folder) throws IOException {
        List<String> paths = new ArrayList<>(read(FILE));
        if (!paths.remove(folder.toString())) {
            return false;
        }
        write(FILE, paths);
        return true;
    }

    /// What a workspace has for agents and is not read because it is not trusted, said once for each workspace.
    ///
    /// @param workspace without symbolic links
    /// @return absent where there is nothing to say
    public @Nullable String notice(Path workspace) {
        List<String> there = contains(workspace)
                ? List.of()
                : Places.IN_A_WORKSPACE.stream()
                        .filter(name -> Files.exists(workspace.resolve(name), LinkOption.NOFOLLOW_LINKS))
                        .toList();
        return there.isEmpty() || !isNew(workspace.toString())
                ? null
                : workspace + " brings " + String.join(", ", there)
                        + " for agents; nothing of that is read unless you trust it: dwata config trust '" + workspace
                        + "'";
    }

    private boolean isNew(String workspace) {
        try {
            List<String> noticed = new ArrayList<>(read(NOTICED));
            if (noticed.contains(workspace)) {
                return false;
            }
            noticed.add(workspace);
            while (noticed.size() > MOST_NOTICED || json(noticed).length() > MOST_CHARACTERS) {
                noticed.removeFirst();
            }
            write(NOTICED, noticed);
        } catch (IOException e) {
            // then it is said again
        }
        return true;
    }

    private List<String> read(String name) throws IOException {
        Path file = dataFolder.resolve(name);
        String text = SmallFile.read(file);
        if (text == null) {
            return List.of();
        }
        try {
            JsonNode tree = Json.STRICT.readTree(text);
            if (tree.isArray() && tree.values().stream().allMatch(JsonNode::isString)) {
                return tree.values().stream().map(JsonNode::stringValue).toList();
            }
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IOException(file + " must hold a JSON array of paths");
    }

    private void write(String name, List<String> paths) throws IOException {
        String text = json(paths);
        if (text.length() > MOST_CHARACTERS) {
            throw new IOException("too many folders are trusted; untrust some: dwata config untrust DIR");
        }
        SmallFile.write(dataFolder.resolve(name), text + "\n");
    }

    private static String json(List<String> paths) {
        return Json.MAPPER.writeValueAsString(paths);
    }
}
