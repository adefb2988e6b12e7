package dev.dwata.agent.tool.command;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.shell.Commands;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The tools under `tools` of `config.json`: a program each, that reads its arguments as JSON.
public final class CommandTools {
    private final Workspace workspace;
    private final Commands commands;

    /// @param workspace where they work, unless they say otherwise
    public CommandTools(Workspace workspace, Commands commands) {
        this.workspace = workspace;
        this.commands = commands;
    }

    /// @param config that of the data folder: a workspace's own has no say in what runs
    /// @param taken  the names of the tools that there are
    /// @throws AgentException with `InvalidRequest` naming the key, if one cannot be read or its name is taken
    public List<Tool> read(JsonNode config, Set<String> taken) {
        JsonNode entries = config.path("tools");
        if (entries.isMissingNode() || entries.isNull()) {
            return List.of();
        }
        if (!entries.isObject()) {
            throw refuse("tools must be an object: tools by their names");
        }
        List<Tool> tools = new ArrayList<>();
        for (String name : entries.propertyNames()) {
            if (taken.contains(name)) {
                throw refuse("tools." + name + " must be called otherwise: dwata has a tool of that name");
            }
            tools.add(new CommandTool(new CommandEntry(name, entries.path(name)).read(), workspace, commands));
        }
        return List.copyOf(tools);
    }

    static AgentException refuse(String why) {
        return new AgentException(new AgentError.InvalidRequest(why));
    }
}
