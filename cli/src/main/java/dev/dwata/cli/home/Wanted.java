package dev.dwata.cli.home;

import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.mcp.McpSettings;
import dev.dwata.persistence.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a command wants of its runtime.
///
/// @param gatewayUrl where it must be; absent: wherever the data folder's sessions are served, else in this
///                   process
/// @param local      in this process, whatever else
/// @param workspace  the folder that tools work in; absent: the current one
/// @param models     what is configured of them, for runs in this process
/// @param model      the default where runs happen in this process; absent: the first provider configured
/// @param budgets    of runs in this process
/// @param mcp        the servers of runs in this process
/// @param commands   `config.json`, whose `tools` are commands
/// @param purpose    what for
public record Wanted(
        DataFolder folder,
        @Nullable String gatewayUrl,
        boolean local,
        @Nullable Path workspace,
        ModelSettings models,
        @Nullable String model,
        BudgetPolicy budgets,
        McpSettings mcp,
        JsonNode commands,
        Purpose purpose) {

    /// What a command does with its runtime.
    public sealed interface Purpose {

        /// It looks, or keeps sessions in order; nothing runs.
        record Looking() implements Purpose {}

        /// It asks.
        ///
        /// @param policy for runs in this process
        record Asking(PolicySettings policy) implements Purpose {}
    }
}
