package dev.dwata.agent.tool.command;

import dev.dwata.agent.output.AnswerSchema;
import dev.dwata.agent.tool.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tool of the configuration.
///
/// @param parameters what its arguments must be
/// @param cwd        absolute, or relative to the workspace; absent: the workspace itself
record CommandDefinition(
        ToolSpec spec,
        AnswerSchema parameters,
        List<String> argv,
        Duration atMost,
        @Nullable String cwd,
        Map<String, String> environment) {}
