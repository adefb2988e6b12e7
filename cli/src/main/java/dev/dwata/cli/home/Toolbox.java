package dev.dwata.cli.home;

import dev.dwata.agent.definition.files.FolderSkills;
import dev.dwata.agent.definition.files.Places;
import dev.dwata.agent.process.Processes;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.builtin.BuiltInTools;
import dev.dwata.agent.tool.command.CommandTools;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.shell.Commands;
import dev.dwata.agent.tool.shell.ShellRun;
import dev.dwata.agent.tool.skills.SkillTools;
import dev.dwata.persistence.DataFolder;
import dev.dwata.types.AgentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The tools that are always there: of dwata, and the commands of `config.json`.
///
/// @param unfit why there are none for files and commands; absent where there are
record Toolbox(List<Tool> tools, @Nullable String unfit) {

    /// Where they work.
    ///
    /// @param workspace without symbolic links
    /// @param isWanted  whether a person has named the workspace: then it must be fit for one
    /// @param commands  `config.json`
    record Place(DataFolder folder, Path workspace, boolean isWanted, JsonNode commands) {}

    /// @param processes runs their programs
    /// @throws AgentException with `InvalidRequest` if the workspace that was wanted is not fit for one, or a
    ///                        command of the configuration is wrong
    static Toolbox of(Store store, Place place, Places skills, Processes processes) {
        List<Tool> tools = new ArrayList<>();
        String unfit = null;
        Workspace workspace = null;
        try {
            workspace = Workspace.at(place.workspace(), List.of(place.folder().path()));
        } catch (AgentException e) {
            if (place.isWanted()) {
                throw e;
            }
            unfit = e.error().message();
        }
        if (workspace == null) {
            tools.addAll(BuiltInTools.withoutFiles(store));
        } else {
            Commands commands = new Commands(processes, place.folder().path().resolve("outputs"));
            tools.addAll(
                    BuiltInTools.forWorkspace(place.workspace(), place.folder().path(), store));
            tools.add(new ShellRun(workspace, commands).tool());
            tools.addAll(new CommandTools(workspace, commands).read(place.commands(), names(tools)));
        }
        tools.addAll(SkillTools.over(new FolderSkills(skills)));
        return new Toolbox(List.copyOf(tools), unfit);
    }

    private static Set<String> names(List<Tool> tools) {
        return tools.stream().map(tool -> tool.spec().name()).collect(Collectors.toSet());
    }
}
