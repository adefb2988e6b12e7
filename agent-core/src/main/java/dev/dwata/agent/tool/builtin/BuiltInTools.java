package dev.dwata.agent.tool.builtin;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.agent.tool.files.FileTools;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.items.ItemTools;
import dev.dwata.agent.tool.memory.MemoryTools;
import dev.dwata.agent.tool.sessions.SessionTools;
import dev.dwata.agent.tool.web.WebTools;
import dev.dwata.types.AgentException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/// The tools that come with dwata.
public final class BuiltInTools {
    private BuiltInTools() {}

    /// Files of `root`, memory and sessions of `store`. Days are those of the system's time zone.
    ///
    /// @throws AgentException with `InvalidRequest` if `root` cannot be a workspace
    public static List<Tool> forWorkspace(Path root, Store store) {
        return all(FileTools.in(Workspace.at(root)), store);
    }

    /// The same where dwata keeps its own data in `dataFolder`, which tools do not touch.
    ///
    /// @throws AgentException with `InvalidRequest` also if `root` and `dataFolder` contain each other
    public static List<Tool> forWorkspace(Path root, Path dataFolder, Store store) {
        return forWorkspace(root, dataFolder, false, store);
    }

    /// The same for a workspace that the person may trust: then files are changed without asking.
    ///
    /// @throws AgentException with `InvalidRequest` also if `root` and `dataFolder` contain each other
    public static List<Tool> forWorkspace(Path root, Path dataFolder, boolean trusted, Store store) {
        return all(FileTools.in(Workspace.at(root, List.of(dataFolder)), trusted), store);
    }

    /// Those that need no folder.
    public static List<Tool> withoutFiles(Store store) {
        return all(List.of(), store);
    }

    private static List<Tool> all(List<Tool> files, Store store) {
        return Stream.of(
                        files,
                        MemoryTools.over(store.memory()),
                        ItemTools.over(store.items(), store.runs()),
                        SessionTools.over(store.sessions(), Clock.system(ZoneId.systemDefault())),
                        WebTools.create(),
                        List.of(AskUserTool.create()))
                .flatMap(List::stream)
                .toList();
    }
}
