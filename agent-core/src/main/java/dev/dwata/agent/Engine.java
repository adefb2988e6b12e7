package dev.dwata.agent;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.policy.CallDigest;
import dev.dwata.agent.process.Leftovers;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.Queued;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all views of a local runtime share: it admits runs, gives them their turn, and carries them out.
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long CLOSE_MILLIS = 5_000;
    private static final Duration OUTAGE = Duration.ofMinutes(1);
    private static final long RECOVERY_MILLIS = 10_000;

    private final Parts parts;
    private final Shared shared;
    private final Responses responses;
    private final LocalProcesses processes;
    private final Lanes lanes = new Lanes();
    private final Feed feed = new Feed();
    private final Thread recovery = Thread.ofVirtual().name("dwata-recovery").unstarted(this::keepRecovering);
    private volatile boolean stopping;
    private boolean closed;

    Engine(Parts parts) {
        this.parts = parts;
        RunningCalls running = new RunningCalls();
        this.processes = new LocalProcesses(parts.store(), running, parts.redaction(), InstantSource.system());
        ToolRegistry tools = parts.tooling().tools(this, processes);
        this.shared = new Shared(
                tools, new InputDesk(), running, new ClientTools(tools.specs()), new Secrets(), new CallDigest());
        this.responses = new Responses(parts.store(), parts.redaction(), shared.secrets(), InstantSource.system());
        store().log().listen(feed);
        store().log().listen(shared.desk());
    }

    /// Carries on with what processes that are gone have left, now and whenever one is found to be.
    void start() {
        recover(null);
        recovery.start();
    }

    private void keepRecovering() {
        try {
            while (!stopping) {
                Thread.sleep(RECOVERY_MILLIS);
                recoverIfPossible(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Store store() {
        return parts.store();
    }

    Redaction redaction() {
        return parts.redaction();
    }

    Agents agents() {
        return parts.agents();
    }

    Lanes lanes() {
        return lanes;
    }

    Responses responses() {
        return responses;
    }

    LocalProcesses processes() {
        return processes;
    }

    Shared shared() {
        return shared;
    }

    /// Makes a session, after checking what was wanted.
    SessionInfo create(Principal owner, NewSession wanted) {
        if (wanted.model() != null) {
            parts.models().choose(wanted.model());
        }
        if (wanted.agentName() != null) {
            agents().find(wanted.agentName());
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
    ///
    /// @param made the session's id
    Run prompt(AgentRuntime view, Principal owner, SessionId made, NewSession wanted, Prompt prompt) {
        return submit(view, owner, made, wanted, wanted.model(), wanted.agentOrDefault(), prompt);
    }

    /// Takes the task of a sub-agent, in a session of its own.
    ///
    /// @param within the call that asks for it, as observers see it
    Admitted admitChild(Principal owner, NewSession wanted, Prompt prompt, Scope within) throws InterruptedException {
        return admit(owner, SessionId.create(), wanted, wanted.model(), wanted.agentOrDefault(), prompt, within);
    }

    /// Carries on with a sub-agent's run that an earlier process may have left.
    void takeUp(Principal owner, RunInfo child) {
        recoverIfPossible(child.sessionId());
        try {
            resume(owner, child.id());
        } catch (AgentException e) {
            if (!(e.error() instanceof AgentError.Conflict)) {
                throw e;
            }
        }
    }

    /// Tells those who watch a run of something that is not in its log.
    void tell(ToolContext in, AgentEvent.@Nullable Live event) throws InterruptedException {
        if (event != null) {
            store().log().append(in.sessionId(), in.runId(), event);
        }
    }

    private Run submit(
            AgentRuntime view,
            Principal owner,
            SessionId session,
            @Nullable NewSession wanted,
            @Nullable String sessionModel,
            String sessionAgent,
            Prompt prompt) {
        try {
            Admitted admitted = admit(owner, session, wanted, sessionModel, sessionAgent, prompt, parts.scope());
            RunInfo run = admitted.run();
            EventStream stream = events(run.sessionId(), run.admittedSeq() - 1);
            return new FollowedRun(run.id(), run.sessionId(), admitted.ahead(), run.admittedSeq(), stream, view);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(new AgentError.Interrupted("interrupted before the message was taken"), e);
        }
    }

    private Admitted admit(
            Principal owner,
            SessionId session,
            @Nullable NewSession wanted,
            @Nullable String sessionModel,
            String sessionAgent,
            Prompt prompt,
            Scope within)
            throws InterruptedException {
        if (stopping) {
            throw new AgentException(new AgentError.Draining("dwata is shutting down"));
        }
        AgentDefinition agent = agents().find(prompt.agentName() == null ? sessionAgent : prompt.agentName());
        Model model = parts.models().choose(RunAgent.model(prompt.model(), sessionModel, agent));
        Prompt shown = prompt.withMessage(parts.redaction().knownIn(prompt.message()));
        Admission plain =
                Admissions.of(owner, session, wanted, agent.name(), prompt.model() == null ? null : model.id(), shown);
        Admission admission = Admissions.completed(plain, prompt, store().attachments());
        Admitted[] admitted = new Admitted[1];
        lanes.submit(session, () -> {
            Admitted taken = store().log().admit(admission);
            admitted[0] = taken;
            if (taken.repeated()) {
                return null;
            }
            if (taken.ahead() > 0) {
                store().log().append(session, admission.run(), queued(prompt.origin(), taken.ahead()));
            }
            return task(taken.run(), within);
        });
        return admitted[0];
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
        RunInfo run = owned(owner, id);
        RunTask task = lanes.find(id);
        if (task == null && run.status().isFinal()) {
            throw Lanes.over(id);
        }
        if (task == null) {
            RunInfo parked = store().runs().unpark(id).orElseThrow(() -> elsewhere(id));
            task(parked).cancelUnstarted(reason);
        } else if (lanes.withdraw(run.sessionId(), task)) {
            task.cancelUnstarted(reason);
        } else if (!task.cancel(reason)) {
            throw Lanes.over(id);
        }
    }

    /// Has a parked run carried on; see [AgentRuntime#resume].
    void resume(Principal owner, RunId id) {
        RunInfo run = owned(owner, id);
        if (run.status().isFinal()) {
            throw Lanes.over(id);
        }
        RunInfo parked = store().runs()
                .unpark(id)
                .orElseThrow(() ->
                        new AgentException(new AgentError.Conflict("run " + id + " is not waiting to be resumed")));
        try {
            lanes.submit(run.sessionId(), () -> task(parked));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the process is about to end, and nothing new is begun.
    boolean isStopping() {
        return stopping;
    }

    /// Waits until a run is over that is carried out here.
    void awaitEnd(RunId id, Duration patience) throws InterruptedException {
        RunTask task = lanes.find(id);
        if (task != null) {
            task.awaitEnd(patience.toMillis());
        }
    }

    RunInfo run(RunId id) {
        return store().runs().find(id).orElseThrow(() -> unknown(id));
    }

    private RunInfo owned(Principal owner, RunId id) {
        return store().runs()
                .find(id)
                .filter(found -> found.owner().equals(owner))
                .orElseThrow(() -> unknown(id));
    }

    private static AgentException unknown(RunId id) {
        return new AgentException(new AgentError.NotFound("there is no run " + id));
    }

    private static AgentException elsewhere(RunId id) {
        return new AgentException(new AgentError.Conflict("run " + id + " belongs to another process of dwata"));
    }

    /// Carries on with what a process that is gone has left: see [Recovery]. What it had started is ended
    /// first.
    ///
    /// @param session only the runs of this one; absent: all
    private void recover(@Nullable SessionId session) {
        Leftovers.sweep(store().children())
                .forEach(left -> LOG.warn(
                        "of {} something still ran when its process was gone",
                        left.child().program()));
        try {
            new Recovery(store(), parts.resume())
                    .recover(session, run -> lanes.submit(run.sessionId(), () -> task(run)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recoverIfPossible(@Nullable SessionId session) {
        try {
            recover(session);
        } catch (AgentException e) {
            LOG.warn("runs of other processes could not be looked for: {}", e.getMessage());
        }
    }

    /// A process that stays waits for the storage as long as it lives; one that answers a question says at some
    /// time that it cannot.
    private Duration outagePatience() {
        return parts.recoversAll() ? ChronoUnit.FOREVER.getDuration() : OUTAGE;
    }

    private RunTask task(RunInfo run) {
        return task(run, parts.scope());
    }

    /// @param within what the run is a part of, as observers see it
    private RunTask task(RunInfo run, Scope within) {
        RunLog log = new RunLog(parts, run, () -> stopping, WatchedRun.begin(within, run));
        Outage outage = new Outage(store(), outagePatience(), why -> feed.end(run.sessionId(), why));
        Execution execution = new Execution(parts, shared, run, log, outage, () -> recoverIfPossible(run.sessionId()));
        ForcedEnd forced = new ForcedEnd(shared.running(), parts.tooling().stopWithin());
        return new RunTask(run, execution::run, log, outage, forced);
    }

    /// Carries on with what processes that are gone have left in a session, if nothing else does.
    void takeUp(SessionId session) {
        if (!parts.recoversAll()) {
            recover(session);
        }
    }

    /// Takes nothing more, and lets each run that is under way come to the end of its step, which is a model
    /// call or a tool call. Those that are not over then, and those that wait, go on with the next process.
    ///
    /// @param patience how long to wait at most
    /// @return whether no run is under way any more
    boolean drain(Duration patience) throws InterruptedException {
        stopping = true;
        shared.desk().wake();
        long deadline = System.nanoTime() + patience.toNanos();
        boolean quiet = true;
        for (RunTask task : lanes.active()) {
            quiet &= task.awaitEnd(Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        return quiet;
    }

    /// Ends what runs as interrupted, waiting a bounded time for each; what waits stays in the store for the
    /// next start.
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopping = true;
        recovery.interrupt();
        lanes.active().forEach(RunTask::abandon);
        try {
            drain(Duration.ofMillis(CLOSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feed.end(null, new AgentError.Draining("the runtime was closed"));
        store().close();
    }
}
