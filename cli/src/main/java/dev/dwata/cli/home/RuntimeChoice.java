package dev.dwata.cli.home;

import dev.dwata.agent.policy.ApprovalMode;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.cli.home.Wanted.Purpose;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Decides where sessions are and runs happen:
///
///     --gateway URL              there; unreachable is an error
///     --local                    in this process
///     a gateway of this folder   there, unless --workspace names another folder than its own
///     otherwise                  in this process, over the same store
public final class RuntimeChoice implements Backends {
    private final Map<String, String> environment;
    private final Path directory;
    private final Consumer<String> notices;

    /// @param directory the current folder
    /// @param notices   takes a sentence that the person should know
    public RuntimeChoice(Map<String, String> environment, Path directory, Consumer<String> notices) {
        this.environment = environment;
        this.directory = directory;
        this.notices = notices;
    }

    @Override
    public Backend open(Wanted wanted) throws InterruptedException {
        if (!wanted.local() && wanted.gatewayUrl() != null) {
            return there(wanted, wanted.gatewayUrl());
        }
        Optional<RunningGateway> gateway = wanted.local()
                ? Optional.empty()
                : RunningGateway.find(wanted.folder().path());
        if (gateway.isPresent() && fits(gateway.get(), wanted)) {
            Backend backend = join(gateway.get(), wanted);
            if (backend != null) {
                return backend;
            }
        }
        return here(wanted);
    }

    private Backend there(Wanted wanted, String url) throws InterruptedException {
        Path folder = wanted.folder().path();
        boolean own =
                RunningGateway.find(folder).filter(gateway -> gateway.isAt(url)).isPresent();
        try {
            return AtGateway.connect(
                    url, token(own ? folder : null), own ? LastSession.of(folder) : LastSession.at(folder, url));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "the gateway at " + url + " cannot be reached: " + reason(e), e);
        }
    }

    /// @return absent where nobody answers: the gateway has left its file behind
    private @Nullable Backend join(RunningGateway gateway, Wanted wanted) throws InterruptedException {
        Path folder = wanted.folder().path();
        try {
            Backend backend = AtGateway.connect(gateway.url(), token(folder), LastSession.of(folder));
            if (wanted.purpose() instanceof Purpose.Asking && !isIn(gateway, directory)) {
                notices.accept("the gateway at " + gateway.url() + " answers, and its tools work in "
                        + gateway.workspace() + "; --local works here");
            }
            return backend;
        } catch (IOException e) {
            if (isMistrusted(e)) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "the certificate of the gateway at " + gateway.url() + " is not trusted here: " + reason(e)
                                + "; see docs/security.md, or --local works here",
                        e);
            }
            RunningGateway.withdraw(folder);
            return null;
        }
    }

    /// Whether somebody answers, whose certificate is not known.
    private static boolean isMistrusted(Throwable e) {
        return e instanceof SSLException || (e.getCause() != null && isMistrusted(e.getCause()));
    }

    /// A folder that was named outright is where the tools must work.
    private static boolean fits(RunningGateway gateway, Wanted wanted) {
        return wanted.workspace() == null || isIn(gateway, wanted.workspace());
    }

    private static boolean isIn(RunningGateway gateway, Path workspace) {
        try {
            return Path.of(gateway.workspace()).toRealPath().equals(workspace.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private Backend here(Wanted wanted) {
        Path workspace = wanted.workspace() == null ? directory : wanted.workspace();
        PolicySettings policy = switch (wanted.purpose()) {
            case Purpose.Looking looking -> PolicySettings.NONE.with(ApprovalMode.NEVER, false);
            case Purpose.Asking asking -> asking.policy();
        };
        Installation installation = Installation.open(new Installation.Parts(
                wanted.folder(),
                workspace,
                wanted.workspace() != null && wanted.purpose() instanceof Purpose.Asking,
                environment,
                wanted.settings(),
                wanted.model(),
                policy,
                null));
        if (wanted.purpose() instanceof Purpose.Asking) {
            if (installation.withoutWorkspace() != null) {
                notices.accept("agents have no tools for files and commands here: " + installation.withoutWorkspace());
            }
            String untrusted = new TrustedFolders(wanted.folder().path()).notice(installation.workspace());
            if (untrusted != null) {
                notices.accept(untrusted);
            }
        }
        return new InProcess(installation, LastSession.of(wanted.folder().path()));
    }

    /// The environment's, else that of the data folder, which is shown to nobody but the folder's own gateway.
    ///
    /// @param own the data folder of the gateway; absent where it is another's
    private @Nullable String token(@Nullable Path own) {
        String token = environment.get("DWATA_TOKEN");
        if (token != null && !token.isBlank()) {
            return token.strip();
        }
        return own == null ? null : new TokenFile(own, notices).read().orElse(null);
    }

    private static String reason(IOException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
