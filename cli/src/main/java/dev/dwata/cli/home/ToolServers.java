package dev.dwata.cli.home;

import dev.dwata.agent.process.Processes;
import dev.dwata.agent.tool.Tool;
import dev.dwata.mcp.McpServers;
import dev.dwata.mcp.McpSettings;
import dev.dwata.mcp.Surroundings;
import dev.dwata.persistence.DataFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/// The MCP servers of a data folder.
public record ToolServers(McpServers servers) implements AutoCloseable {

    /// Where they belong.
    ///
    /// @param workspace without symbolic links
    public record Home(DataFolder folder, Path workspace, McpSettings settings) {}

    /// @param processes starts those that are programs; to be closed after this
    /// @param own       tools of dwata, which keep their names
    public static ToolServers over(Home home, Processes processes, Collection<Tool> own) {
        Surroundings surroundings = new Surroundings(
                home.workspace(),
                home.folder().path().resolve(Surroundings.PINS),
                own.stream().map(tool -> tool.spec().name()).collect(Collectors.toSet()),
                processes);
        return new ToolServers(new McpServers(home.settings(), surroundings));
    }

    @Override
    public void close() {
        servers.close();
    }
}
