package dev.dwata.cli;

import dev.dwata.agent.Prompt;
import dev.dwata.agent.Session;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.ask.ChosenSession;
import dev.dwata.cli.ask.LocalFile;
import dev.dwata.cli.ask.MessageInput;
import dev.dwata.cli.ask.OneShot;
import dev.dwata.cli.ask.SchemaFile;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.AnswerPrinter;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.StreamScreen;
import dev.dwata.cli.output.TextPrinter;
import dev.dwata.gateway.command.Commands;
import dev.dwata.types.wire.CommandResultPayload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `dwata MESSAGE…`: asks once and prints the answer.
@Command(
        name = "dwata",
        description = "Asks an agent. The answer goes to stdout, everything else to stderr.",
        sortOptions = false,
        footer = {
            "",
            "Commands: chat, gateway, sessions, history, inputs, models, agents, tools, mcp, memory, policy, explain,",
            "token, web, cancel, resume, config; backup, restore, verify, doctor (dwata COMMAND --help). Only the first",
            "word can be a command; 'dwata -- sessions' and 'dwata \"sessions please\"' are messages.",
            "",
            "What is piped in follows the message as context; '-' waits for it however long it takes.",
            "",
            "Exit codes: 0 answered, 1 the run failed, 2 wrong usage, 3 something was denied or nobody was",
            "there to approve it, 4 the gateway is unreachable, 64-78 start-up faults, 130 cancelled."
        })
final class AskCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final Cancellation cancellation;

    @Parameters(paramLabel = "MESSAGE", arity = "0..*", description = "What to ask. '-' stands for stdin.")
    List<String> words = List.of();

    @Option(names = "--session", paramLabel = "ID", description = "Go on in this session. Default: the last one.")
    @Nullable
    String session;

    @Option(names = "--new", description = "Begin a new session.")
    boolean fresh;

    @Option(names = "--agent", paramLabel = "NAME", description = "The agent to ask. Default: the session's.")
    @Nullable
    String agent;

    @Option(names = "--model", paramLabel = "NAME", description = "provider/name or an alias. Also DWATA_MODEL.")
    @Nullable
    String model;

    @Option(
            names = "--attach",
            paramLabel = "FILE",
            description = "Send an image, a PDF or a text along, at most 25 MiB. May be repeated.")
    List<Path> attached = List.of();

    @Option(
            names = "--output-schema",
            paramLabel = "FILE",
            description = "Print just JSON that follows this JSON Schema, an object's.")
    @Nullable
    Path outputSchema;

    @Option(names = "--timeout", paramLabel = "S", description = "Cancel the run after so many seconds.")
    @Nullable
    Integer timeout;

    @Option(names = "--json", description = "Print every event as a line of JSON.")
    boolean json;

    @Option(names = "--sessions", description = "List the sessions, as 'dwata sessions' does.")
    boolean sessions;

    @Option(
            names = "--history",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "20",
            description = "Show the last N messages, as 'dwata history' does.")
    @Nullable
    Integer history;

    @Option(names = "--interactive", description = "Converse, as 'dwata chat' does.")
    boolean interactive;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;

    @Mixin
    HelpOption help = new HelpOption();

    AskCommand(Invocation invocation, Cancellation cancellation) {
        this.invocation = invocation;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (sessions || history != null || interactive) {
            return instead();
        }
        if (fresh && session != null) {
            throw CommandFailure.usage("--new and --session exclude each other");
        }
        if (timeout != null && timeout < 1) {
            throw CommandFailure.usage("--timeout must be at least 1 second, not " + timeout);
        }
        String message = new MessageInput(invocation.streams(), Duration.ofSeconds(3)).read(words);
        if (message == null) {
            throw CommandFailure.usage("there is no message: dwata \"What files are in this folder?\", or see --help");
        }
        if (attached.size() > Prompt.MOST_ATTACHMENTS) {
            throw CommandFailure.usage("a message has at most " + Prompt.MOST_ATTACHMENTS + " attachments");
        }
        List<LocalFile> files = attached.stream()
                .map(file -> LocalFile.of(invocation.directory().resolve(file)))
                .toList();
        JsonNode schema = outputSchema == null
                ? null
                : SchemaFile.read(invocation.directory().resolve(outputSchema));
        return ask(message, files, schema);
    }

    private int ask(String message, List<LocalFile> files, @Nullable JsonNode schema) throws InterruptedException {
        StandardStreams streams = invocation.streams();
        RuntimeAccess access = new RuntimeAccess(invocation, options);
        StreamScreen screen = new StreamScreen(streams);
        try (Backend backend = access.forAsking(model)) {
            String clientId = String.valueOf(backend.origin().clientId());
            EventPrinter text = new TextPrinter(screen, clientId);
            EventPrinter shownText = schema == null ? text : new AnswerPrinter(screen, text);
            EventPrinter printer = json ? new JsonPrinter(streams.out(), clientId) : shownText;
            Session asked = new ChosenSession(backend, streams).choose(session, fresh);
            EventPrinter answering = access.answering(printer, backend);
            OneShot shot = new OneShot(backend, streams, answering, cancellation);
            if (Commands.read(message) != null) {
                if (!files.isEmpty()) {
                    throw CommandFailure.usage("--attach needs a message; " + message + " is a command");
                }
                say(shot.command(asked, message).said());
                return ExitCode.ANSWERED;
            }
            Prompt prompt = new Prompt(message, agent, model, null, null, backend.origin()).withOutputSchema(schema);
            for (LocalFile file : files) {
                prompt = prompt.with(file.attach(backend.runtime()));
            }
            return shot.ask(asked, prompt, timeout == null ? null : Duration.ofSeconds(timeout));
        } finally {
            screen.endLine();
        }
    }

    private void say(CommandResultPayload said) {
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(Map.of("event", "command_result", "payload", said));
        } else {
            out.println(said.text());
        }
    }

    /// The flags that stand for a sub-command.
    private int instead() throws InterruptedException, IOException {
        if (!words.isEmpty()) {
            throw CommandFailure.usage("--sessions, --history and --interactive take no message");
        }
        if (!attached.isEmpty()) {
            throw CommandFailure.usage("--attach needs a message; in a chat, /attach FILE does the same");
        }
        if (sessions) {
            SessionsCommand list = new SessionsCommand(invocation);
            list.options = options;
            list.json = json;
            return list.call();
        }
        if (history != null) {
            HistoryCommand show = new HistoryCommand(invocation);
            show.options = options;
            show.json = json;
            show.session = session;
            show.count = history;
            return show.call();
        }
        ChatCommand chat = new ChatCommand(invocation, cancellation);
        chat.options = options;
        chat.model = model;
        chat.session = session;
        chat.fresh = fresh;
        return chat.call();
    }
}
