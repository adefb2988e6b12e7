package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A data folder and a workspace that a test fills with files, and whether the one trusts the other.
final class Folders {
    final Path data;
    final Path workspace;
    boolean trusted;
    final Places places;

    Folders(Path folder) {
        try {
            data = folder.resolve("data");
            workspace = Files.createDirectories(folder.resolve("workspace")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        places = new Places(data, workspace, () -> trusted);
    }

    FolderAgents agents() {
        return new FolderAgents(places, AgentDefinition.of("default", "Built in, in {workspace}."));
    }

    Path own(String file, String text) {
        return write(data.resolve(file), text);
    }

    Path brought(String file, String text) {
        return write(workspace.resolve(file), text);
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
