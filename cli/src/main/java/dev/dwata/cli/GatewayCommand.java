package dev.dwata.cli;

import dev.dwata.agent.ResumeMode;
import dev.dwata.agent.policy.ApprovalMode;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.cli.home.Auth;
import dev.dwata.cli.home.GatewayLock;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.home.RunningGateway;
import dev.dwata.cli.home.Settings;
import dev.dwata.cli.home.TokenFile;
import dev.dwata.cli.home.TrustedFolders;
import dev.dwata.cli.log.LogFormat;
import dev.dwata.cli.log.Logs;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.Version;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.gateway.GatewayStartException;
import dev.dwata.gateway.auth.Callers;
import dev.dwata.gateway.auth.TokenCallers;
import dev.dwata.persistence.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dwata gateway`: serves the sessions of a data folder to many clients, until it is told to stop.
@Command(
        name = "dwata gateway",
        description = "Serves the sessions of a data folder to many clients, until SIGTERM or Ctrl+C.",
        sortOptions = false)
final class GatewayCommand implements Callable<Integer> {
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private final Invocation invocation;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "What to listen on. Default: 127.0.0.1, for this machine only.")
    @Nullable
    String host;

    @Option(names = "--port", paramLabel = "PORT", description = "0 for a free one. Default: 3336.")
    @Nullable
    Integer port;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The folder that tools work in. Default: the current one.")
    @Nullable
    Path workspace;

    @Option(
            names = "--auth",
            paramLabel = "MODE",
            description = "Who may connect: token (who shows one) or none (all programs of this machine). "
                    + "Default: auth of config.json, else token.")
    @Nullable
    Auth auth;

    @Mixin
    ExposureOptions exposed = new ExposureOptions();

    @Option(names = "--model", paramLabel = "NAME", description = "The default model. Also DWATA_MODEL.")
    @Nullable
    String model;

    @Option(
            names = "--approve",
            paramLabel = "MODE",
            description = "Tools that change things: ask (a client answers), auto (allowed) or never. "
                    + "Default: policy.approvals of config.json, else ask.")
    @Nullable
    ApprovalMode approve;

    @Option(
            names = "--resume",
            paramLabel = "MODE",
            description = "Runs that a crash cut off: auto (they go on) or manual (they wait for dwata resume). "
                    + "Default: auto.")
    ResumeMode resume = ResumeMode.AUTO;

    @Mixin
    StreamOptions streams = new StreamOptions();

    @Option(
            names = "--access-log",
            description = "Log each request over HTTP on stderr: method, route, status, time; nothing that was sent.")
    boolean accessLog;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            description = "What is said on stderr: text, or json (each line an object). "
                    + "Default: log of config.json, else text.")
    @Nullable
    LogFormat log;

    @Option(names = "--json", description = "Print one line of JSON on stdout when clients can connect.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    GatewayCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /// The ready line.
    private record Ready(String event, String url, String ws, long pid, String version, String dataDir, Auth auth) {}

    @Override
    public Integer call() throws InterruptedException {
        if (log != null) {
            say(log); // so that what is wrong with the settings is said so, too
        }
        checkOptions();
        if (accessLog) {
            Logs.ofProcess().ifPresent(logs -> logs.tell("dwata.access"));
        }
        RuntimeOptions options = new RuntimeOptions();
        options.dataDir = where.dataDir;
        RuntimeAccess access = new RuntimeAccess(invocation, options);
        DataFolder folder = access.folder();
        Installation.create(folder);
        Settings settings = access.settings(folder);
        say(settings.log(log));
        StopSignals stop = StopSignals.listen();
        GatewayLock lock = GatewayLock.take(folder.path());
        try {
            TokenFile file = new TokenFile(folder.path(), invocation.streams()::notice);
            if (settings.auth(auth) == Auth.TOKEN && file.read().isEmpty()) {
                write(file, folder); // before anything that must not tell it
            }
            Installation installation = Installation.open(parts(folder, settings));
            try {
                serve(installation, folder, settings, stop);
            } finally {
                installation.close();
            }
        } finally {
            lock.close();
        }
        return ExitCode.ANSWERED;
    }

    private static void say(LogFormat format) {
        Logs.ofProcess().ifPresent(logs -> logs.format(format));
    }

    private void checkOptions() {
        if (port != null && !Settings.isPort(port)) {
            throw CommandFailure.usage("--port must be 0 to 65535, not " + port);
        }
    }

    private static void write(TokenFile file, DataFolder folder) {
        try (Store store = Installation.openStore(folder)) {
            file.ensure(store.tokens());
        }
    }

    private Installation.Parts parts(DataFolder folder, Settings settings) {
        Path place = workspace == null
                ? invocation.directory()
                : invocation.directory().resolve(workspace).normalize();
        PolicySettings policy = settings.policy();
        return new Installation.Parts(
                folder,
                place,
                workspace != null,
                invocation.environment(),
                settings,
                settings.model(model),
                policy.with(approve == null ? policy.approvals() : approve, true),
                resume);
    }

    private void serve(Installation installation, DataFolder folder, Settings settings, StopSignals stop)
            throws InterruptedException {
        invocation.streams().notice("the database is " + folder.database());
        String untrusted = new TrustedFolders(folder.path()).notice(installation.workspace());
        if (untrusted != null) {
            invocation.streams().notice(untrusted);
        }
        if (installation.withoutWorkspace() != null) {
            invocation
                    .streams()
                    .notice("agents have no tools for files and commands here: " + installation.withoutWorkspace());
        }
        GatewayConfig config = GatewayConfig.of(Version.text())
                .withHost(settings.host(host))
                .withPort(settings.port(port))
                .withStreams(streams.settings(settings.auth(auth) == Auth.NONE), streams.origins())
                .withExposure(exposed.exposure(invocation.directory()))
                .withCallers(callers(installation, folder, settings))
                .withMcp(settings.offer())
                .withWorkspace(workspace(installation, folder));
        try (Gateway gateway =
                Gateway.start(config, installation.runtime(), installation.store(), installation.models())) {
            tellExposure(gateway, settings);
            announce(gateway, folder, installation.workspace(), settings);
            stop.await();
            stop(gateway, folder);
        } catch (GatewayStartException e) {
            int code = switch (e.reason()) {
                case CONFIGURATION -> ExitCode.CONFIGURATION;
                case ADDRESS -> ExitCode.UNAVAILABLE;
            };
            throw new CommandFailure(code, String.valueOf(e.getMessage()), e);
        } finally {
            RunningGateway.withdraw(folder.path());
        }
    }

    private Callers callers(Installation installation, DataFolder folder, Settings settings) {
        return switch (settings.auth(auth)) {
            case NONE -> Callers.ANYBODY;
            case TOKEN -> {
                new TokenFile(folder.path(), invocation.streams()::notice)
                        .ensure(installation.store().tokens());
                yield new TokenCallers(installation.store().tokens());
            }
        };
    }

    private void tellExposure(Gateway gateway, Settings settings) {
        if (settings.auth(auth) == Auth.NONE) {
            invocation.streams().notice("every program and user of this machine may use the gateway: --auth none");
        }
        if (gateway.isExposed()) {
            String how = gateway.url().getScheme().equals("https")
                    ? "encrypted"
                    : "NOT encrypted: who listens in sees tokens and all else";
            invocation
                    .streams()
                    .notice("other machines can reach the gateway on " + settings.host(host) + ", with a token, "
                            + how);
        }
    }

    /// Absent where tools have none.
    private static @Nullable Workspace workspace(Installation installation, DataFolder folder) {
        return installation.withoutWorkspace() == null
                ? Workspace.at(installation.workspace(), List.of(folder.path()))
                : null;
    }

    private void stop(Gateway gateway, DataFolder folder) {
        RunningGateway.withdraw(folder.path());
        invocation
                .streams()
                .notice("the gateway is stopping: it waits up to " + DRAIN.toSeconds()
                        + " s for what is under way; a second signal ends that");
        try {
            gateway.drain(DRAIN);
        } catch (InterruptedException e) {
            invocation.streams().notice("what is under way goes on with the next start");
        }
    }

    private void announce(Gateway gateway, DataFolder folder, Path place, Settings settings) {
        StandardStreams streams = invocation.streams();
        String url = gateway.url().toString();
        long pid = ProcessHandle.current().pid();
        try {
            new RunningGateway(url, pid, place.toString(), Version.text()).announce(folder.path());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.CANNOT_CREATE, "clients cannot be told of the gateway: " + e.getMessage(), e);
        }
        if (json) {
            String ws = gateway.webSocketUrl().toString();
            new JsonPrinter(streams.out(), "")
                    .value(new Ready(
                            "ready", url, ws, pid, Version.text(), folder.path().toString(), settings.auth(auth)));
        } else {
            streams.notice("the gateway is at " + url + ", tools work in " + place);
        }
    }
}
