package dev.dwata.types.wire;

import dev.dwata.types.Approval;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An agent as it is shown.
///
/// @param description  empty where there is none
/// @param model        absent: the default
/// @param source       `built_in`, `data_folder` or `workspace`
/// @param file         absent for what is built in
/// @param tools        patterns as they are written; none: all tools
/// @param approvals    who must agree, by pattern, where it differs from what the tools say themselves
/// @param skills       absent: all
/// @param instructions placeholders not filled in; only where one agent was asked for
public record AgentView(
        String name,
        String description,
        @Nullable String model,
        String source,
        @Nullable String file,
        List<String> tools,
        Map<String, Approval> approvals,
        Limits limits,
        Budget budget,
        @Nullable List<String> skills,
        @Nullable String instructions) {
    public AgentView {
        tools = List.copyOf(tools);
        skills = skills == null ? null : List.copyOf(skills);
    }

    /// Each absent where it is as for all agents.
    public record Limits(
            @Nullable Integer maxTurns, @Nullable Integer maxConsecutiveToolFailures) {}

    /// Each absent where nothing is said.
    ///
    /// @param usd dollars of the United States
    public record Budget(
            @Nullable Double usd,
            @Nullable Long tokens,
            @Nullable Long toolCalls,
            @Nullable Long seconds) {}
}
