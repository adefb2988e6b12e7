package dev.dwata.cli.chat;

import dev.dwata.cli.approval.Console;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.Screen;
import dev.dwata.cli.output.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// The terminal with line editing: where one conversation is typed, shown, and asked about.
public final class TerminalChat implements ChatInput, Console {
    private static final String PROMPT = "> ";
    private static final Character NO_ECHO = '\0';
    /// For terminals that do not say how large they are.
    private static final int USUAL_COLUMNS = 80;

    private static final int USUAL_ROWS = 24;

    /// What JLine colours by itself.
    private static final List<String> COLOURS = List.of(
            LineReader.COMPLETION_STYLE_STARTING,
            LineReader.COMPLETION_STYLE_DESCRIPTION,
            LineReader.COMPLETION_STYLE_GROUP,
            LineReader.COMPLETION_STYLE_SELECTION);

    private final Terminal terminal;
    private final LineReader messages;
    private final LineReader answers;
    private final TerminalScreen screen;
    private @Nullable Completions completions;

    private TerminalChat(Terminal terminal, Path history, Style style, Cancellation cancellation) {
        this.terminal = terminal;
        this.messages = LineReaderBuilder.builder()
                .appName("dwata")
                .terminal(terminal)
                .parser(new ContinuedLines())
                .completer((reader, line, candidates) -> {
                    if (completions != null) {
                        completions.complete(reader, line, candidates);
                    }
                })
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "… ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        if (!style.color()) {
            COLOURS.forEach(colour -> messages.setVariable(colour, ""));
        }
        this.answers = LineReaderBuilder.builder()
                .appName("dwata")
                .terminal(terminal)
                .variable(LineReader.DISABLE_HISTORY, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        this.screen = new TerminalScreen(terminal, List.of(messages, answers), style);
        terminal.handle(Signal.INT, signal -> cancellation.press());
    }

    /// Takes the terminal.
    ///
    /// @param history the file that keeps what was typed
    public static TerminalChat open(Path history, Style style, Cancellation cancellation) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .nativeSignals(true)
                .encoding(StandardCharsets.UTF_8)
                .build();
        if (terminal.getColumns() < 1 || terminal.getRows() < 1) {
            terminal.setSize(Size.of(USUAL_COLUMNS, USUAL_ROWS));
        }
        return new TerminalChat(terminal, history, style, cancellation);
    }

    public Screen screen() {
        return screen;
    }

    /// From now on there is something to complete with.
    public void completeWith(Backend backend) {
        completions = new Completions(backend);
    }

    @Override
    public Typed next() {
        try {
            screen.endLine();
            return new Typed.Message(ContinuedLines.joined(messages.readLine(PROMPT)));
        } catch (UserInterruptException e) {
            return new Typed.Interrupt(!e.getPartialLine().isEmpty());
        } catch (EndOfFileException e) {
            return new Typed.End();
        }
    }

    @Override
    public void show(String text) {
        screen.note(text);
    }

    @Override
    public @Nullable String read(String prompt) throws InterruptedException {
        return answer(() -> answers.readLine(prompt));
    }

    @Override
    public @Nullable String readSecret(String prompt) throws InterruptedException {
        return answer(() -> answers.readLine(prompt, NO_ECHO));
    }

    @Override
    public @Nullable String edit(String text) throws InterruptedException {
        return answer(() -> answers.readLine("edit: ", null, (Character) null, text));
    }

    @Override
    public boolean editsLines() {
        return false;
    }

    /// While nobody reads a message.
    private @Nullable String answer(Supplier<String> reading) throws InterruptedException {
        screen.endLine();
        try {
            return reading.get();
        } catch (UserInterruptException e) {
            throw new InterruptedException("Ctrl+C"); // or it need not be answered any more
        } catch (EndOfFileException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
