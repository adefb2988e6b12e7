package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentSource;
import dev.dwata.agent.tool.files.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Where files for agents are.
///
/// @param dataFolder the person's own; it need not exist
/// @param workspace  the folder that tools work in
/// @param trusted    whether the person trusts the workspace, asked each time; while not, nothing of it is read
public record Places(Path dataFolder, Path workspace, BooleanSupplier trusted) {
    static final String AGENTS = "agents";

    /// What a workspace may hold for agents, relative to it.
    public static final List<String> IN_A_WORKSPACE =
            List.of("AGENTS.md", ".dwata/agents", ".dwata/skills", ".agents/skills");

    /// The person's own first, which wins.
    List<Shelf> agents() {
        return shelves(AGENTS, List.of(".dwata/agents"));
    }

    List<Shelf> skills() {
        return shelves("skills", List.of(".dwata/skills", ".agents/skills"));
    }

    /// The workspace itself.
    ///
    /// @return absent unless it is trusted
    @Nullable
    Shelf root() {
        return trusted.getAsBoolean() ? new Shelf(workspace, Workspace.at(workspace)) : null;
    }

    /// Where variables for agents of this kind are.
    List<Shelf> agents(AgentSource.Kind kind) {
        return agents().stream()
                .filter(shelf -> (shelf.kind() == AgentSource.Kind.WORKSPACE) == (kind == AgentSource.Kind.WORKSPACE))
                .toList();
    }

    private List<Shelf> shelves(String own, List<String> inWorkspace) {
        List<Shelf> shelves = new ArrayList<>();
        shelves.add(new Shelf(dataFolder.resolve(own), null));
        if (trusted.getAsBoolean()) {
            Workspace jail = Workspace.at(workspace);
            for (String folder : inWorkspace) {
                shelves.add(new Shelf(jail.root().resolve(folder), jail));
            }
        }
        return shelves;
    }
}
