package dev.dwata.cli.home;

import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.persistence.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a command wants of its runtime.
///
/// @param gatewayUrl where it must be; absent: wherever the data folder's sessions are served, else in this
///                   process
/// @param local      in this process, whatever else
/// @param workspace  the folder that tools work in; absent: the current one
/// @param settings   what is configured, for runs in this process
/// @param model      the default where runs happen in this process; absent: the first provider configured
/// @param purpose    what for
public record Wanted(
        DataFolder folder,
        @Nullable String gatewayUrl,
        boolean local,
        @Nullable Path workspace,
        Settings settings,
        @Nullable String model,
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
