package dev.dwata.cli;

import dev.dwata.agent.policy.ApprovalMode;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.cli.approval.Agreeing;
import dev.dwata.cli.approval.Answering;
import dev.dwata.cli.approval.Approver;
import dev.dwata.cli.approval.Attention;
import dev.dwata.cli.approval.Console;
import dev.dwata.cli.approval.Nobody;
import dev.dwata.cli.approval.Person;
import dev.dwata.cli.approval.TtyConsole;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.home.Settings;
import dev.dwata.cli.home.Wanted;
import dev.dwata.cli.home.Wanted.Purpose;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.persistence.DataFolder;
import dev.dwata.persistence.UnusableDataException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Opens what a command works with, from its options and the settings.
final class RuntimeAccess {
    private final Invocation invocation;
    private final RuntimeOptions options;

    RuntimeAccess(Invocation invocation, RuntimeOptions options) {
        this.invocation = invocation;
        this.options = options;
    }

    DataFolder folder() {
        if (options.dataDir != null) {
            return new DataFolder(
                    invocation.directory().resolve(options.dataDir).normalize());
        }
        try {
            return DataFolder.ofThisSystem();
        } catch (UnusableDataException e) {
            throw Installation.failure(e);
        }
    }

    Backend forLooking() throws InterruptedException {
        return open(null, new Purpose.Looking());
    }

    /// @param model the flag
    Backend forAsking(@Nullable String model) throws InterruptedException {
        Backend backend = open(model, new Purpose.Asking(policy(configured())));
        if (backend.isRemote() && options.gateway != null && options.workspace != null) {
            invocation.streams().notice("tools work in the gateway's workspace, --workspace means nothing to it");
        }
        return backend;
    }

    /// Who answers what runs wait for.
    ///
    /// @param console of the person; absent where there is none
    Approver approver(Supplier<Optional<? extends Console>> console) {
        PolicySettings policy = policy(configured());
        return switch (policy.approvals()) {
            case AUTO -> new Agreeing(policy.attended() ? person(console) : new Nobody());
            case NEVER -> new Nobody();
            case ASK -> policy.attended() ? person(console) : new Nobody();
        };
    }

    private Approver person(Supplier<Optional<? extends Console>> console) {
        Optional<? extends Console> found = console.get();
        if (found.isEmpty()) {
            invocation.streams().notice("there is no terminal to ask at: what needs approval is denied");
            return new Nobody();
        }
        return new Person(found.get());
    }

    /// The terminal that the process was started from.
    Optional<TtyConsole> terminal() {
        return TtyConsole.open(invocation.environment());
    }

    /// Shows events, and answers what they ask, for a command that shows one run.
    Answering answering(EventPrinter printer, Backend backend) {
        Attention attention = new Attention(
                String.valueOf(backend.origin().clientId()),
                () -> true,
                invocation.streams()::notice,
                () -> {}); // the signal handler hears of it
        return new Answering(printer, backend, approver(this::terminal), attention);
    }

    private Backend open(@Nullable String model, Purpose purpose) throws InterruptedException {
        if (options.local && options.gateway != null) {
            throw CommandFailure.usage("--local and --gateway exclude each other");
        }
        DataFolder folder = folder();
        Settings settings = settings(folder);
        Path workspace = options.workspace == null
                ? null
                : invocation.directory().resolve(options.workspace).normalize();
        return invocation
                .backends()
                .open(new Wanted(
                        folder,
                        settings.gatewayUrl(options.gateway),
                        options.local,
                        workspace,
                        settings,
                        settings.model(model),
                        purpose));
    }

    Settings settings(DataFolder folder) {
        Settings settings = Settings.read(folder, invocation.environment());
        for (String key : settings.unknownKeys()) {
            invocation.streams().notice(folder.config() + ": '" + key + "' means nothing to dwata and is ignored");
        }
        return settings;
    }

    private PolicySettings configured() {
        return Settings.read(folder(), invocation.environment()).policy();
    }

    /// As the flag says, else the settings. Without a terminal nobody is asked, unless the flag says so.
    private PolicySettings policy(PolicySettings configured) {
        StandardStreams streams = invocation.streams();
        boolean watched = streams.inTerminal() || streams.outTerminal() || streams.errTerminal();
        ApprovalMode mode = options.approve == null ? configured.approvals() : options.approve;
        return configured.with(mode, watched || options.approve == ApprovalMode.ASK);
    }
}
