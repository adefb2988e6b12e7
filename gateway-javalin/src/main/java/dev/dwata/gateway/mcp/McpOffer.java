package dev.dwata.gateway.mcp;

import dev.dwata.agent.definition.ToolPattern;
import io.modelcontextprotocol.server.McpServer;
import java.util.List;
import java.util.function.Consumer;

/// What other agents are offered besides agents and sessions.
public final class McpOffer {
    /// Nothing.
    public static final McpOffer NONE = of(List.of());

    private final List<ToolPattern> tools;
    private final Consumer<McpServer.SyncSpecification<?>> features;

    private McpOffer(List<ToolPattern> tools, Consumer<McpServer.SyncSpecification<?>> features) {
        this.tools = List.copyOf(tools);
        this.features = features;
    }

    /// Tools of the gateway that others may call directly.
    ///
    /// @param tools their names; `*` stands for anything
    /// @throws IllegalArgumentException naming the name that is none
    public static McpOffer of(List<String> tools) {
        return new McpOffer(tools.stream().map(ToolPattern::new).toList(), server -> {});
    }

    /// The same with features of a profile of its own.
    McpOffer with(Consumer<McpServer.SyncSpecification<?>> more) {
        return new McpOffer(tools, more);
    }

    boolean includes(String tool) {
        return tools.stream().anyMatch(pattern -> pattern.matches(tool));
    }

    void addTo(McpServer.SyncSpecification<?> server) {
        features.accept(server);
    }
}
