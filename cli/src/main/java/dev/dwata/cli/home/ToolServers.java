package dev.dwata.cli.home;

import dev.dwata.agent.process.Processes;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.Tool;
import dev.dwata.mcp.McpServers;
import dev.dwata.mcp.McpSettings;
import dev.dwata.mcp.Surroundings;
import dev.dwata.persistence.DataFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// The MCP servers of a data folder, with the processes that they are.
public record ToolServers(McpServers servers, Processes processes) implements AutoCloseable {

    /// Where they belong.
    ///
    /// @param workspace without symbolic links
    public record Home(DataFolder folder, Path workspace, Map<String, String> environment, McpSettings settings) {}

    /// @param store knows what was started; to be closed after this
    /// @param own   tools of dwata, which keep their names
    public static ToolServers over(Store store, Home home, Collection<Tool> own) {
        Processes processes = new Processes(store.children(), home.environment());
        Surroundings surroundings = new Surroundings(
                home.workspace(),
                home.folder().path().resolve(Surroundings.PINS),
                own.stream().map(tool -> tool.spec().name()).collect(Collectors.toSet()),
                processes);
        return new ToolServers(new McpServers(home.settings(), surroundings), processes);
    }

    @Override
    public void close() {
        servers.close();
        processes.close();
    }
}
