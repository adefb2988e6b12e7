package dev.dwata.agent;

import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.agent.tool.ToolSource;
import dev.dwata.agent.tool.process.ProcessTools;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What models may call, and who decides about it.
///
/// @param fixed           the tools that are always there
/// @param sources         where others come from
/// @param patience        how long a person is waited for
/// @param stopWithin      how long what is stopped may take
/// @param deepestSubAgent how many runs may be nested below the first
/// @param processTools    whether models are shown what runs
record Tooling(
        ToolRegistry fixed,
        List<ToolSource> sources,
        ToolPolicy policy,
        Duration patience,
        Duration stopWithin,
        int deepestSubAgent,
        boolean processTools) {

    /// The tools that are always there, with those that the engine itself has.
    ToolRegistry tools(Engine engine, LocalProcesses processes) {
        ToolRegistry tools = deepestSubAgent == 0 ? fixed : fixed.and(new SubAgentTool(engine, deepestSubAgent));
        return processTools ? tools.and(ProcessTools.over(processes, InstantSource.system())) : tools;
    }
}
