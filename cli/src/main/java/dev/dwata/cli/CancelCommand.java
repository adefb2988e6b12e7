package dev.dwata.cli;

import dev.dwata.agent.Session;
import dev.dwata.cli.ask.ChosenSession;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.types.RunId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata cancel`: stops a run at a gateway. A run of another process of dwata is stopped there, with Ctrl+C.
@Command(name = "dwata cancel", description = "Stops a run at a gateway, queued or under way.", sortOptions = false)
final class CancelCommand implements Callable<Integer> {
    private static final String REASON = "cancelled from the command line";

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run's id. Default: what runs in the session.")
    @Nullable
    String run;

    @Option(names = "--session", paramLabel = "ID", description = "Default: the last one.")
    @Nullable
    String session;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    CancelCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Backend backend = new RuntimeAccess(invocation, options).forLooking()) {
            if (run != null) {
                backend.runtime().cancel(id(run), REASON);
            } else {
                Session chosen = new ChosenSession(backend, invocation.streams()).existing(session);
                backend.cancelActive(chosen.id(), REASON);
            }
        }
        return ExitCode.ANSWERED;
    }

    static RunId id(String text) {
        try {
            return new RunId(text.strip());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("'" + text + "' is not the id of a run, which looks like run_<uuid>");
        }
    }
}
