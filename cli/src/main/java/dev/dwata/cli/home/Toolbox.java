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
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The tools that are always there: of dwata, and the commands of `config.json`; with the programs that they
/// run.
///
/// @param unfit why there are none for files and commands; absent where there are
record Toolbox(
        List<Tool> tools, Processes processes, @Nullable String unfit) implements AutoCloseable {

    /// Where they work.
    ///
    /// @param workspace    without symbolic links
    /// @param isWanted     whether a person has named the workspace: then it must be fit for one
    /// @param commands     `config.json`
    record Place(
            DataFolder folder, Path workspace, boolean isWanted, Map<String, String> environment, JsonNode commands) {}

    /// @throws AgentException with `InvalidRequest` if the workspace that was wanted is not fit for one, or a
    ///                        command
    ///                        of the configuration is wrong
    static Toolbox open(Store store, Place place, Places skills) {
        Processes processes = new Processes(store.children(), place.environment());
        try {
            List<Tool> tools = new ArrayList<>();
            String unfit = null;
            try {
                Workspace workspace =
                        Workspace.at(place.workspace(), List.of(place.folder().path()));
                Commands commands =
                        new Commands(processes, place.folder().path().resolve("outputs"));
                tools.addAll(BuiltInTools.forWorkspace(
                        place.workspace(), place.folder().path(), store));
                tools.add(new ShellRun(workspace, commands).tool());
                tools.addAll(new CommandTools(workspace, commands)
                        .read(
                                place.commands(),
                                tools.stream().map(tool -> tool.spec().name()).collect(Collectors.toSet())));
            } catch (AgentException e) {
                if (place.isWanted() || !tools.isEmpty()) {
                    throw e;
                }
                unfit = e.error().message();
                tools.addAll(BuiltInTools.withoutFiles(store));
            }
            tools.addAll(SkillTools.over(new FolderSkills(skills)));
            return new Toolbox(List.copyOf(tools), processes, unfit);
        } catch (RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
