package dev.dwata.cli.home;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.ResumeMode;
import dev.dwata.agent.context.ItemPrompts;
import dev.dwata.agent.context.RememberedPrompts;
import dev.dwata.agent.definition.Prompts;
import dev.dwata.agent.definition.files.FilePrompts;
import dev.dwata.agent.definition.files.FolderAgents;
import dev.dwata.agent.definition.files.Places;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.policy.RulePolicy;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.process.Processes;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.provider.ProviderSettings;
import dev.dwata.agent.provider.offline.OfflineModel;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Store;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.persistence.DataFolder;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.persistence.UnusableDataException;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A runtime of this process over the store of a data folder, with all that belongs to it.
///
/// @param workspace        the folder that tools work in, without symbolic links
/// @param servers          the MCP servers
/// @param processes        what tools and servers have started
/// @param withoutWorkspace why there are no tools for files and commands; absent where there are
public record Installation(
        Store store,
        Models models,
        LocalRuntime runtime,
        Path workspace,
        ToolServers servers,
        Processes processes,
        @Nullable String withoutWorkspace)
        implements AutoCloseable {
    private static final int SUB_AGENTS = 3;

    /// What it is put together from.
    ///
    /// @param workspaceWanted whether a person has named the workspace: then it must be fit for one
    /// @param environment     where the providers' keys and addresses are
    /// @param settings        what is configured
    /// @param model           the default; absent: the first provider that is configured
    /// @param policy          the configured rules, and who is there to be asked
    /// @param stays           what this process does with the runs that others have left; absent for one that
    ///                        is here for a question or two, which carries on only with those of the sessions
    ///                        it uses
    public record Parts(
            DataFolder folder,
            Path workspace,
            boolean workspaceWanted,
            Map<String, String> environment,
            Settings settings,
            @Nullable String model,
            PolicySettings policy,
            @Nullable ResumeMode stays) {}

    /// @throws CommandFailure if the data folder, the workspace or the model cannot be used
    public static Installation open(Parts parts) {
        Path workspace = folder(parts.workspace());
        Store store = openStore(parts.folder());
        Processes processes = new Processes(store.children(), parts.environment());
        ToolServers servers = null;
        try {
            Models models = models(parts);
            Places places = places(parts.folder(), workspace);
            FolderAgents agents = new FolderAgents(places, Instructions.agent());
            Redaction redaction = redaction(parts);
            Toolbox toolbox = toolbox(parts, store, places, processes);
            servers = ToolServers.over(
                    new ToolServers.Home(
                            parts.folder(), workspace, parts.settings().mcp()),
                    processes,
                    toolbox.tools());
            LocalRuntime.Builder builder = AgentRuntime.builder()
                    .models(models)
                    .tools(toolbox.tools())
                    .toolSource(servers.servers())
                    .policy(policy(parts, store, workspace))
                    .approvalsWithin(parts.policy().patience())
                    .agents(agents)
                    .prompts(prompts(store, places, agents, redaction))
                    .compaction(parts.settings().models().compaction())
                    .budgets(parts.settings().budgets())
                    .subAgents(SUB_AGENTS)
                    .processTools()
                    .store(store)
                    .redaction(redaction);
            ReflectionSettings reflection = parts.settings().reflection();
            if (reflection != null && parts.stays() != null) {
                builder.reflection(reflection.model(), reflection.budget());
            }
            LocalRuntime runtime =
                    (parts.stays() == null ? builder.recoverOnUse() : builder.resume(parts.stays())).build();
            return new Installation(store, models, runtime, workspace, servers, processes, toolbox.unfit());
        } catch (RuntimeException e) {
            if (servers != null) {
                servers.close();
            }
            processes.close();
            store.close();
            throw e;
        }
    }

    private static Prompts prompts(Store store, Places places, FolderAgents agents, Redaction redaction) {
        Prompts written = new FilePrompts(places, agents, Clock.system(ZoneId.systemDefault()));
        Prompts remembered = RememberedPrompts.around(written, store.memory(), redaction);
        return ItemPrompts.around(remembered, store.items(), redaction);
    }

    private static ToolPolicy policy(Parts parts, Store store, Path workspace) {
        TrustedFolders trusted = new TrustedFolders(parts.folder().path());
        return new RulePolicy(parts.policy(), store.rules(), workspace.toString(), () -> trusted.contains(workspace));
    }

    private static Toolbox toolbox(Parts parts, Store store, Places places, Processes processes) {
        try {
            return Toolbox.of(
                    store,
                    new Toolbox.Place(
                            parts.folder(),
                            places.workspace(),
                            parts.workspaceWanted(),
                            parts.settings().commands()),
                    places,
                    processes);
        } catch (AgentException e) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    parts.folder().config() + " or the workspace: " + e.error().message(),
                    e);
        }
    }

    /// Ends the servers and all that tools have started, then the runtime, which closes the store.
    @Override
    public void close() {
        servers.close();
        processes.close();
        runtime.close();
    }

    private static Redaction redaction(Parts parts) {
        List<String> variables = new ArrayList<>(parts.settings().mcp().variables());
        parts.settings().models().providers().values().stream()
                .map(ProviderSettings::apiKeyEnv)
                .filter(Objects::nonNull)
                .forEach(variables::add);
        List<String> secrets = new TokenFile(parts.folder().path(), ignored -> {})
                .read().stream().toList();
        return Redaction.ofEnvironment(parts.environment(), variables, secrets);
    }

    private static Models models(Parts parts) {
        try {
            return ConfiguredModels.from(
                    parts.settings().models(), parts.environment(), parts.model(), new OfflineModel());
        } catch (AgentException e) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    parts.folder().config() + ": " + e.error().message(),
                    e);
        }
    }

    /// Where the files for agents are.
    ///
    /// @param workspace without symbolic links
    public static Places places(DataFolder folder, Path workspace) {
        TrustedFolders trusted = new TrustedFolders(folder.path());
        return new Places(folder.path(), workspace, () -> trusted.contains(workspace));
    }

    private static Path folder(Path workspace) {
        try {
            if (Files.isDirectory(workspace)) {
                return workspace.toRealPath();
            }
        } catch (IOException e) {
            throw CommandFailure.usage("the workspace " + workspace + " cannot be used: " + e.getMessage());
        }
        throw CommandFailure.usage("the workspace " + workspace + " is not a folder");
    }

    /// Makes the data folder if it is not there.
    ///
    /// @throws CommandFailure if it cannot be made
    public static void create(DataFolder folder) {
        try {
            folder.create();
        } catch (UnusableDataException e) {
            throw failure(e);
        }
    }

    /// Makes the data folder if it is not there.
    ///
    /// @throws CommandFailure if its data cannot be used
    public static Store openStore(DataFolder folder) {
        create(folder);
        try {
            return SqliteStore.open(folder.database());
        } catch (UnusableDataException e) {
            throw failure(e);
        } catch (AgentException e) {
            throw failure(folder, e);
        }
    }

    /// Why the storage does not do what is wanted, with the exit code for it.
    public static CommandFailure failure(DataFolder folder, AgentException e) {
        return new CommandFailure(
                e.error() instanceof AgentError.StorageBusy ? ExitCode.HELD_BY_ANOTHER : ExitCode.CANNOT_CREATE,
                "the database " + folder.database() + " cannot be used: "
                        + e.error().message(),
                e);
    }

    /// Why the data cannot be used, with the exit code for it.
    public static CommandFailure failure(UnusableDataException e) {
        int code = switch (e.reason()) {
            case NEWER_SCHEMA, DAMAGED -> ExitCode.BAD_DATA;
            case MISSING -> ExitCode.MISSING_DATA;
            case IN_USE -> ExitCode.HELD_BY_ANOTHER;
            case CANNOT_CREATE -> ExitCode.CANNOT_CREATE;
            case UNSUPPORTED_SYSTEM -> ExitCode.CONFIGURATION;
        };
        return new CommandFailure(code, String.valueOf(e.getMessage()), e);
    }
}
