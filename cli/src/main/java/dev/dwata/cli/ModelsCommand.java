package dev.dwata.cli;

import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.ModelTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `dwata models`: what may be asked, the default first.
@Command(
        name = "dwata models",
        description = {
            "Lists the models, the default first: which can be asked and what the others lack, how many tokens they",
            "take, and US dollars for a million tokens of input and output."
        },
        sortOptions = false)
final class ModelsCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--json", description = "Print a line of JSON for each.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    ModelsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /// The list is that of `/model`, so that it is the gateway's where one is used.
    @Override
    public Integer call() throws InterruptedException {
        try (Backend backend = new RuntimeAccess(invocation, options).forLooking()) {
            JsonNode data = backend.commands().run("/model", null).said().data();
            if (json) {
                data.path("models").forEach(new JsonPrinter(invocation.streams().out(), "")::value);
            } else {
                new ModelTable(invocation.streams().out()).print(data.path("models"));
            }
        }
        return ExitCode.ANSWERED;
    }
}
