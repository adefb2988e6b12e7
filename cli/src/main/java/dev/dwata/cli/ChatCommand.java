package dev.dwata.cli;

import dev.dwata.agent.Session;
import dev.dwata.cli.approval.Answering;
import dev.dwata.cli.approval.Approver;
import dev.dwata.cli.approval.Attention;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.ask.ChosenSession;
import dev.dwata.cli.chat.Chat;
import dev.dwata.cli.chat.ChatInput;
import dev.dwata.cli.chat.PlainInput;
import dev.dwata.cli.chat.TerminalChat;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.home.SmallFile;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.Screen;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.StreamScreen;
import dev.dwata.cli.output.Style;
import dev.dwata.cli.output.TextPrinter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dwata chat`: a conversation, with line editing on a terminal and line by line from a pipe.
@Command(
        name = "dwata chat",
        description = "Converses. Ctrl+C cancels what runs, Ctrl+D leaves; a line that ends in \\ goes on.",
        sortOptions = false)
final class ChatCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final Cancellation cancellation;

    @Option(names = "--session", paramLabel = "ID", description = "Go on in this session. Default: the last one.")
    @Nullable
    String session;

    @Option(names = "--new", description = "Begin a new session.")
    boolean fresh;

    @Option(names = "--model", paramLabel = "NAME", description = "provider/name or an alias, for every message.")
    @Nullable
    String model;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    ChatCommand(Invocation invocation, Cancellation cancellation) {
        this.invocation = invocation;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (fresh && session != null) {
            throw CommandFailure.usage("--new and --session exclude each other");
        }
        StandardStreams streams = invocation.streams();
        return streams.inTerminal() && streams.outTerminal() ? atTerminal() : fromPipe();
    }

    private int atTerminal() throws InterruptedException, IOException {
        Style style = new Style(invocation.streams().color());
        try (TerminalChat terminal = TerminalChat.open(history(), style, cancellation)) {
            RuntimeAccess access = new RuntimeAccess(invocation, options);
            try (Backend backend = access.forAsking(model)) {
                terminal.completeWith(backend);
                return converse(backend, terminal, terminal.screen(), access.approver(() -> Optional.of(terminal)));
            }
        }
    }

    private int fromPipe() throws InterruptedException, IOException {
        StandardStreams streams = invocation.streams();
        RuntimeAccess access = new RuntimeAccess(invocation, options);
        try (Backend backend = access.forAsking(model)) {
            Approver approver = access.approver(access::terminal);
            return converse(backend, new PlainInput(streams.in()), new StreamScreen(streams), approver);
        }
    }

    private int converse(Backend backend, ChatInput input, Screen screen, Approver approver)
            throws InterruptedException, IOException {
        String clientId = String.valueOf(backend.origin().clientId());
        Attention attention = new Attention(
                clientId, cancellation::isExpecting, line -> screen.note("dwata: " + line), cancellation::press);
        Answering printer = new Answering(new TextPrinter(screen, clientId), backend, approver, attention);
        Session chosen = new ChosenSession(backend, invocation.streams()).choose(session, fresh);
        try (Chat chat = new Chat(backend, input, screen, printer, cancellation)) {
            return chat.converse(chosen, model);
        }
    }

    /// The file that keeps what was typed, readable by its owner only.
    private Path history() {
        Path folder = new RuntimeAccess(invocation, options).folder().path().resolve("cli_history");
        try {
            SmallFile.makeFolder(folder);
            Path file = folder.resolve("chat");
            SmallFile.touch(file);
            return file;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.CANNOT_CREATE, folder + " cannot be made: " + e.getMessage(), e);
        }
    }
}
