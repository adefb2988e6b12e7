package dev.dwata.cli.ask;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.FollowedRun;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.cli.ask.RunWatch.Outcome;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.home.SlashCommands;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One message, one answer.
public final class OneShot {
    private final Backend backend;
    private final StandardStreams streams;
    private final EventPrinter printer;
    private final Cancellation cancellation;

    public OneShot(Backend backend, StandardStreams streams, EventPrinter printer, Cancellation cancellation) {
        this.backend = backend;
        this.streams = streams;
        this.printer = printer;
        this.cancellation = cancellation;
    }

    /// @param session absent: a new one
    /// @param limit   after which the run is cancelled; absent: never
    /// @return the exit code
    public int ask(@Nullable Session session, Prompt prompt, @Nullable Duration limit) throws InterruptedException {
        AgentRuntime runtime = backend.runtime();
        cancellation.expectRun();
        try (Run run = session == null ? runtime.prompt(NewSession.PLAIN, prompt) : session.prompt(prompt)) {
            cancellation.begin(run);
            keep(run.sessionId());
            Session asked = session == null ? runtime.session(run.sessionId()) : session;
            Outcome outcome = new RunWatch(run, printer, streams.out()::checkError).await(asked, limit);
            return exitCode(outcome, limit);
        } finally {
            cancellation.end();
        }
    }

    /// Has a run carried on.
    ///
    /// @return the exit code
    public int resume(Session session, CutOffRun cutOff) throws InterruptedException {
        AgentRuntime runtime = backend.runtime();
        cancellation.expectRun();
        try (Run run = new FollowedRun(
                cutOff.id(), session.id(), 0, cutOff.seq() + 1, session.events(cutOff.seq()), runtime)) {
            runtime.resume(cutOff.id());
            cancellation.begin(run);
            return exitCode(new RunWatch(run, printer, streams.out()::checkError).await(session, null), null);
        } finally {
            cancellation.end();
        }
    }

    /// Carries out a slash command.
    ///
    /// @param session what it is about; absent: none
    public SlashCommands.Reply command(@Nullable Session session, String text) {
        SlashCommands.Reply reply = backend.commands().run(text, session == null ? null : session.id());
        if (reply.session() != null) {
            keep(reply.session());
        }
        return reply;
    }

    private void keep(SessionId session) {
        try {
            backend.lastSession().keep(session);
        } catch (IOException e) {
            streams.notice("the next message will not find this session (" + session + "): " + e.getMessage());
        }
    }

    private int exitCode(Outcome outcome, @Nullable Duration limit) {
        if (outcome.timedOut()) {
            streams.notice("no answer within " + (limit == null ? 0 : limit.toSeconds()) + " s; the run was cancelled");
            return ExitCode.FAILED;
        }
        return switch (outcome.end()) {
            case RunCancelled end -> ExitCode.CANCELLED;
            case RunCompleted end -> outcome.denied() ? ExitCode.DENIED : ExitCode.ANSWERED;
            case RunFailed end -> outcome.denied() ? ExitCode.DENIED : ExitCode.FAILED;
            case null -> ExitCode.FAILED;
        };
    }
}
