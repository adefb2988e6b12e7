package dev.dwata.cli;

import dev.dwata.agent.Session;
import dev.dwata.cli.approval.Answering;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.ask.ChosenSession;
import dev.dwata.cli.ask.CutOffRun;
import dev.dwata.cli.ask.OneShot;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.StreamScreen;
import dev.dwata.cli.output.TextPrinter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata resume`: has a run carried on that a crash cut off, and shows how it goes on.
@Command(
        name = "dwata resume",
        description = "Carries on with a run that was cut off and waits for that: see dwata gateway --resume manual.",
        sortOptions = false)
final class ResumeCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final Cancellation cancellation;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The run's id. Default: the latest of the session that waits.")
    @Nullable
    String run;

    @Option(names = "--session", paramLabel = "ID", description = "Default: the last one.")
    @Nullable
    String session;

    @Option(names = "--json", description = "Print each event as one line of JSON.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    ResumeCommand(Invocation invocation, Cancellation cancellation) {
        this.invocation = invocation;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        StandardStreams streams = invocation.streams();
        StreamScreen screen = new StreamScreen(streams);
        RuntimeAccess access = new RuntimeAccess(invocation, options);
        try (Backend backend = access.forAsking(null)) {
            String clientId = String.valueOf(backend.origin().clientId());
            EventPrinter printer = json ? new JsonPrinter(streams.out(), clientId) : new TextPrinter(screen, clientId);
            Session chosen = new ChosenSession(backend, streams).existing(session);
            CutOffRun cutOff = CutOffRun.find(chosen, run == null ? null : CancelCommand.id(run));
            Answering answering = access.answering(printer, backend);
            answering.own(cutOff.id());
            answering.askAbout(backend.runtime().inputs(chosen.id()).stream()
                    .filter(request -> request.runId().equals(cutOff.id()))
                    .toList());
            return new OneShot(backend, streams, answering, cancellation).resume(chosen, cutOff);
        } finally {
            screen.endLine();
        }
    }
}
