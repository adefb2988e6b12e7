package dev.dwata.agent;

import dev.dwata.agent.context.Conversation;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.Queued;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.AgentException;
import dev.dwata.types.Message;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.TokenUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What all views of a local runtime share: it admits runs, gives them their turn, and carries them out.
final class Engine {
    private static final long CLOSE_MILLIS = 5_000;
    private static final int MOST_ATTEMPTS = 3;

    private final Parts parts;
    private final Lanes lanes = new Lanes();
    private final Feed feed = new Feed();
    private volatile boolean closing;

    /// What a runtime is put together from.
    record Parts(
            Models models,
            ToolRegistry tools,
            Store store,
            ToolPolicy policy,
            Limits limits,
            @Nullable String instructions,
            boolean recoversAll) {}

    Engine(Parts parts) {
        this.parts = parts;
        store().log().listen(feed);
    }

    Store store() {
        return parts.store();
    }

    Lanes lanes() {
        return lanes;
    }

    /// Makes a session, after checking what was wanted.
    SessionInfo create(Principal owner, NewSession wanted) {
        if (wanted.model() != null) {
            parts.models().choose(wanted.model());
        }
        if (wanted.agentName() != null) {
            Admissions.checkAgent(wanted.agentName());
        }
        return store().sessions().create(owner, wanted);
    }

    /// Takes a prompt into a session that exists.
    Run prompt(AgentRuntime view, Principal owner, SessionInfo session, Prompt prompt) {
        if (!parts.recoversAll()) {
            recover(session.id());
        }
        return submit(view, owner, session.id(), null, session.model(), session.agentName(), prompt);
    }

    /// Takes a prompt together with the session it is for.
    Run prompt(AgentRuntime view, Principal owner, NewSession wanted, Prompt prompt) {
        String agent = wanted.agentName() == null ? NewSession.DEFAULT_AGENT : wanted.agentName();
        return submit(view, owner, SessionId.create(), wanted, wanted.model(), agent, prompt);
    }

    private Run submit(
            AgentRuntime view,
            Principal owner,
            SessionId session,
            @Nullable NewSession wanted,
            @Nullable String sessionModel,
            String sessionAgent,
            Prompt prompt) {
        if (closing) {
            throw new AgentException(new AgentError.Draining("dwata is shutting down"));
        }
        Model model = parts.models().choose(prompt.model() == null ? sessionModel : prompt.model());
        String agent = prompt.agentName() == null ? sessionAgent : prompt.agentName();
        Admission admission =
                Admissions.of(owner, session, wanted, agent, prompt.model() == null ? null : model.id(), prompt);
        Admitted[] admitted = new Admitted[1];
        try {
            int position = lanes.submit(session, place -> {
                admitted[0] = store().log().admit(admission);
                if (admitted[0].repeated()) {
                    return null;
                }
                if (place > 0) {
                    store().log().append(session, admission.run(), queued(prompt.origin(), place));
                }
                return task(admitted[0].run());
            });
            RunInfo run = admitted[0].run();
            EventStream stream = events(run.sessionId(), run.admittedSeq() - 1);
            return new FollowedRun(run.id(), run.sessionId(), Math.max(0, position), run.admittedSeq(), stream, view);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(new AgentError.Interrupted("interrupted before the message was taken"), e);
        }
    }

    private static Queued queued(Prompt.Origin origin, int position) {
        return new Queued(origin.requestId(), position, "✓ Queued at position " + position + ".");
    }

    EventStream events(SessionId session, long afterSeq) {
        EventStreams.checkCursor(afterSeq);
        return new LocalEventStream(store(), feed, session, afterSeq);
    }

    /// Stops a run; see [AgentRuntime#cancel].
    void cancel(Principal owner, RunId id, String reason) {
        RunInfo run = store().runs()
                .find(id)
                .filter(found -> found.owner().equals(owner))
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no run " + id)));
        RunTask task = lanes.find(id);
        if (task == null) {
            throw run.status().isFinal() ? Lanes.over(id) : elsewhere(id);
        }
        if (lanes.withdraw(run.sessionId(), task)) {
            task.cancelUnstarted(reason);
        } else if (!task.cancel(reason)) {
            throw Lanes.over(id);
        }
    }

    private static AgentException elsewhere(RunId id) {
        return new AgentException(new AgentError.Conflict("run " + id + " belongs to another process of dwata"));
    }

    /// Carries on with what a process that is gone has left: see [Recovery].
    ///
    /// @param session only the runs of this one; absent: all
    void recover(@Nullable SessionId session) {
        try {
            new Recovery(store()).recover(session, run -> lanes.submit(run.sessionId(), position -> task(run)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunTask task(RunInfo run) {
        EventSink sink = event -> store().log().append(run.sessionId(), run.id(), event);
        return new RunTask(run, () -> execute(run, sink), sink);
    }

    private Terminal execute(RunInfo run, EventSink sink) throws InterruptedException {
        store().runs().start(run.id());
        Model model = parts.models().choose(run.model() == null ? sessionModel(run) : run.model());
        ToolRunner tools = new ToolRunner(
                parts.tools(), parts.policy(), new ToolRunner.Identity(run.owner(), run.sessionId(), run.id()), sink);
        AgentLoop loop = new AgentLoop(model, parts.instructions(), tools, parts.limits(), sink);
        Resumption resumption = Resumption.of(store().log(), run);
        Terminal missing = resumption.isNeeded() ? resume(resumption, tools, sink) : null;
        return missing != null ? missing : loop.run(conversation(run), resumption.progress());
    }

    private List<Message> conversation(RunInfo run) {
        return Conversation.upTo(run.id(), store().sessions().transcript(run.sessionId()));
    }

    /// Charges the attempt before anything else, so that a run that brings its process down every time comes to
    /// an end; then settles what the last turn has left open.
    ///
    /// @return the end of the run, where only that was missing
    private static @Nullable Terminal resume(Resumption from, ToolRunner tools, EventSink sink)
            throws InterruptedException {
        if (from.attempt() > MOST_ATTEMPTS) {
            throw new AgentException(new AgentError.Interrupted(
                    "crash_loop: the process ended " + MOST_ATTEMPTS + " times while this run was under way"));
        }
        AgentLoop.Progress done = from.progress();
        int next = done.turns() + 1;
        sink.emit(new RunResumed(from.attempt(), next));
        if (from.hasUnfinishedText()) {
            sink.emit(new AttemptReset(next, "the run was interrupted in the middle of this turn"));
        }
        TurnCompleted last = from.lastTurn();
        if (last != null && from.calls().isEmpty()) {
            TokenUsage used = done.used();
            return new RunCompleted(
                    last.messageId(), last.message().text(), used.total(), used, last.stopReason(), last.turn());
        }
        tools.settle(from.calls(), from.announced(), from.returned());
        return null;
    }

    private @Nullable String sessionModel(RunInfo run) {
        return store().sessions()
                .find(run.owner(), run.sessionId())
                .map(SessionInfo::model)
                .orElse(null);
    }

    /// Ends what runs as interrupted, waiting a bounded time for each; what waits stays in the store for the
    /// next start.
    void close() {
        if (closing) {
            return;
        }
        closing = true;
        var active = lanes.active();
        active.forEach(RunTask::abandon);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        try {
            for (RunTask task : active) {
                task.awaitEnd(Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Follower follower : feed.all()) {
            if (follower instanceof LocalEventStream stream) {
                stream.end(new AgentError.Draining("the runtime was closed"));
            }
        }
        store().close();
    }
}
