package dev.dwata.cli.chat;

import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.cli.approval.Answering;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.home.SlashCommands;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.Printable;
import dev.dwata.cli.output.Screen;
import dev.dwata.gateway.command.Commands;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputRequest;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A conversation: reads a message, shows what comes of it, reads the next.
public final class Chat implements AutoCloseable {
    static final Set<String> LEAVE = Set.of("/exit", "/quit");

    private final Backend backend;
    private final ChatInput input;
    private final Screen screen;
    private final Answering printer;
    private final Cancellation cancellation;
    private @Nullable SessionFollower follower;
    private @Nullable String model;
    private final NextAttachments attachments = new NextAttachments();

    public Chat(Backend backend, ChatInput input, Screen screen, Answering printer, Cancellation cancellation) {
        this.backend = backend;
        this.input = input;
        this.screen = screen;
        this.printer = printer;
        this.cancellation = cancellation;
    }

    /// Converses until the person leaves.
    ///
    /// @param session where to go on; absent: in a new one
    /// @param model   for every message; absent: the session's
    /// @return the exit code
    public int converse(@Nullable Session session, @Nullable String model) throws IOException, InterruptedException {
        this.model = model;
        greet(session);
        boolean leaving = false;
        while (true) {
            switch (input.next()) {
                case ChatInput.Typed.End end -> {
                    return ExitCode.ANSWERED;
                }
                case ChatInput.Typed.Interrupt interrupt -> {
                    if (leaving && !interrupt.discarded()) {
                        return ExitCode.ANSWERED;
                    }
                    leaving = true;
                    screen.note("Ctrl+C again leaves, and so does Ctrl+D");
                }
                case ChatInput.Typed.Message message -> {
                    leaving = false;
                    String text = message.text().strip();
                    if (LEAVE.contains(text)) {
                        return ExitCode.ANSWERED;
                    }
                    if (!text.isEmpty() && !say(text)) {
                        return ExitCode.UNREACHABLE;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }

    private void greet(@Nullable Session session) throws IOException, InterruptedException {
        String where = "new session";
        if (session != null) {
            SessionInfo info = session.info();
            enter(session, info.headSeq());
            where = "\"" + Printable.line(info.title(), 60) + "\", " + info.messageCount() + " messages";
        }
        screen.note(screen.style().dim(where + " (" + backend.place() + "); /help lists commands, Ctrl+D leaves"));
        if (session != null) {
            backend.takeUp(session.id());
            askAboutOpen(session);
        }
    }

    /// What the session waits for already, from before this chat.
    private void askAboutOpen(Session session) throws InterruptedException {
        List<InputRequest> open = backend.runtime().inputs(session.id());
        if (!open.isEmpty()) {
            screen.note("this session waits for " + (open.size() == 1 ? "an answer" : open.size() + " answers"));
            printer.askAbout(open);
        }
    }

    /// @return false if there is no use in going on
    private boolean say(String text) throws IOException, InterruptedException {
        try {
            if (NextAttachments.isCommand(text)) {
                screen.note(attachments.add(text, backend.runtime()));
            } else if (Commands.read(text) != null) {
                command(text);
            } else {
                ask(text);
            }
            return true;
        } catch (CommandFailure e) {
            screen.note(screen.style().red("error: ") + Printable.line(String.valueOf(e.getMessage()), 2_000));
            return true;
        } catch (AgentException e) {
            screen.endLine();
            screen.note(screen.style().red("error: ") + Printable.line(e.error().message(), 2_000));
            return !(e.error() instanceof AgentError.Interrupted);
        }
    }

    private void ask(String text) throws IOException, InterruptedException {
        Prompt prompt = new Prompt(text, null, model, null, null, backend.origin()).withAttachments(attachments.uris());
        cancellation.expectRun();
        try (Run run = follower == null
                ? backend.runtime().prompt(NewSession.PLAIN, prompt)
                : follower.session().prompt(prompt)) {
            SessionFollower following =
                    follower == null ? enter(backend.runtime().session(run.sessionId()), run.seq() - 1) : follower;
            attachments.sent();
            cancellation.begin(run);
            following.awaitEnd(run.id());
        } finally {
            cancellation.end();
            screen.endLine();
        }
    }

    private void command(String text) throws IOException {
        SessionId current = follower == null ? null : follower.session().id();
        SlashCommands.Reply reply = backend.commands().run(text, current);
        screen.answer(reply.said().text() + "\n");
        if (reply.session() != null && !reply.session().equals(current)) {
            Session session = backend.runtime().session(reply.session());
            enter(session, session.info().headSeq());
        }
        if (reply.said().command().equals("help")) {
            screen.answer("  %-22s %s%n".formatted("/attach FILE", "send a file with the next message"));
            screen.answer("  %-22s %s%n".formatted("/exit", "leave"));
        }
        if (reply.said().command().equals("model")
                && reply.said().data().path("error").isMissingNode()) {
            model = null;
        }
    }

    private SessionFollower enter(Session session, long afterSeq) throws IOException {
        close();
        SessionFollower following = new SessionFollower(session, afterSeq, printer);
        follower = following;
        backend.lastSession().keep(session.id());
        return following;
    }
}
