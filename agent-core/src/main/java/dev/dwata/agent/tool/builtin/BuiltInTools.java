package dev.dwata.agent.tool.builtin;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.files.FileTools;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.memory.MemoryTools;
import dev.dwata.agent.tool.sessions.SessionTools;
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
    /// @throws AgentException with `InvalidRequest` if `root` is not a folder
    public static List<Tool> forWorkspace(Path root, Store store) {
        return Stream.of(
                        FileTools.in(Workspace.at(root)),
                        MemoryTools.over(store.memory()),
                        SessionTools.over(store.sessions(), Clock.system(ZoneId.systemDefault())))
                .flatMap(List::stream)
                .toList();
    }
}
