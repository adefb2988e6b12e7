package dev.dwata.cli;

import dev.dwata.agent.Session;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.cli.ask.ChosenSession;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.Listing;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata history`: the latest messages of a session.
@Command(name = "dwata history", description = "Shows the latest messages of a session.", sortOptions = false)
final class HistoryCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "N", description = "How many, 1 to 200. Default: 20.")
    int count = 20;

    @Option(names = "--session", paramLabel = "ID", description = "Default: the last one.")
    @Nullable
    String session;

    @Option(names = "--json", description = "Print a line of JSON for each.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    HistoryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1 || count > SessionQuery.MAX_LIMIT) {
            throw CommandFailure.usage("the number of messages must be 1 to 200, not " + count);
        }
        try (Backend backend = new RuntimeAccess(invocation, options).forLooking()) {
            Listing listing = new Listing(invocation.streams().out(), json, ZoneId.systemDefault());
            Session chosen = new ChosenSession(backend, invocation.streams()).existing(session);
            MessagePage page = chosen.history(count, null);
            listing.messages(page.messages());
            if (page.messages().isEmpty()) {
                listing.nothing("No messages yet.");
            }
        }
        return ExitCode.ANSWERED;
    }
}
