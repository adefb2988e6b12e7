package dev.dwata.agent;

import dev.dwata.agent.RunLog.Stopping;
import dev.dwata.agent.context.ContextWindow;
import dev.dwata.agent.context.Conversation;
import dev.dwata.agent.context.Shortening;
import dev.dwata.agent.context.Tokens;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.output.AnswerSchema;
import dev.dwata.agent.output.StructuredReplies;
import dev.dwata.agent.policy.ProposedCall;
import dev.dwata.agent.policy.RunBudget;
import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.Summary;
import dev.dwata.agent.store.Transcript;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunInfo;
import dev.dwata.types.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries one run out: waits for its turn among all processes, takes it up where its log ends, and does so
/// again when the storage has failed in between.
final class Execution {
    private static final int MOST_CRASHES = 3;
    private static final long TURN_MILLIS = 200;

    private final Parts parts;
    private final Shared shared;
    private final RunInfo run;
    private final RunLog log;
    private final Outage outage;
    private final Runnable recovery;

    /// @param outage   of the run
    /// @param recovery takes over what processes that are gone have left in the run's session
    Execution(Parts parts, Shared shared, RunInfo run, RunLog log, Outage outage, Runnable recovery) {
        this.parts = parts;
        this.shared = shared;
        this.run = run;
        this.log = log;
        this.outage = outage;
        this.recovery = recovery;
    }

    /// @param unstored why the end of the last try was not stored; absent at first
    /// @param stop     ends the run when its time is up
    /// @return the event that ends the run, not yet emitted
    /// @throws Stopping if the process is about to end; the run is not over
    Terminal run(@Nullable AgentException unstored, RunTask.Stop stop) throws InterruptedException {
        if (unstored == null) {
            log.claimed(awaitTurn());
        }
        AgentException failure = unstored;
        while (true) {
            if (failure != null) {
                String reason = Outage.reason(failure);
                outage.outlast(() -> log.emit(new RunInterrupted(reason)), log::stopBetweenSteps);
            }
            try {
                return attemptInTime(stop);
            } catch (AgentException e) {
                if (!outage.isBehind(e)) {
                    throw e;
                }
                failure = e;
            }
        }
    }

    /// Nobody tells one process that it is its turn after a run of another, so it looks.
    private Claim awaitTurn() throws InterruptedException {
        while (true) {
            log.stopBetweenSteps();
            Optional<Claim> claim = claim();
            if (claim.isPresent()) {
                return claim.get();
            }
            recovery.run();
            Thread.sleep(TURN_MILLIS);
        }
    }

    private Optional<Claim> claim() {
        try {
            return store().runs().start(run.id());
        } catch (AgentException e) {
            if (outage.isBehind(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Terminal attemptInTime(RunTask.Stop stop) throws InterruptedException {
        RunAgent agent = RunAgent.of(parts, shared.tools(), run);
        RunBudget budget = new RunBudget(agent.budgets(parts.budgets(), run), store().budgets(), run);
        Deadline deadline = new Deadline(budget.time(), stop);
        try {
            return attempt(agent.within(budget), budget, stop, deadline);
        } finally {
            deadline.lift();
        }
    }

    private Terminal attempt(RunAgent agent, RunBudget budget, RunTask.Stop stop, Deadline deadline)
            throws InterruptedException {
        Resumption resumption = Resumption.of(store().log(), run);
        CallChecks checks = new CallChecks(agent.limits(), budget);
        checks.resume(resumption.latestCalls());
        OfferedTools offered = new OfferedTools(
                agent.tools(), agent.definition(), parts.tooling().sources(), shared.clients(), run.sessionId());
        RunInputs inputs = new RunInputs(store(), shared.desk(), log, resumption.inputs(), deadline);
        ToolRunner tools = new ToolRunner(offered, checks, invocations(agent, inputs, offered, stop), log);
        AgentLoop loop =
                new AgentLoop(bound(log.watched().model(agent.model())), agent.system(), tools, agent.limits(), log);
        Terminal missing = resumption.isNeeded() ? resume(resumption, tools) : null;
        return missing != null ? missing : loop.run(context(agent, budget, tools), resumption.progress());
    }

    private Invocations invocations(RunAgent agent, RunInputs inputs, OfferedTools offered, RunTask.Stop stop) {
        Taint taint = new Taint(() -> store().sessions().hasUsed(run.sessionId(), offered.foreign()));
        Consent consent = new Consent(
                new Consent.Terms(
                        parts.tooling().policy(),
                        shared.digest(),
                        parts.tooling().patience()),
                () -> new ProposedCall.Origin(
                        run.owner(),
                        run.sessionId(),
                        run.id(),
                        agent.definition().name(),
                        taint.isTainted()),
                inputs);
        Invocations.Run of = new Invocations.Run(run, parts.redaction(), shared.secrets(), log.watched(), stop);
        return new Invocations(of, consent, inputs, shared.running(), taint);
    }

    /// The model, bound to answer in the form that the run was asked for.
    private Model bound(Model model) {
        return store().runs()
                .outputSchema(run.id())
                .map(schema -> StructuredReplies.of(model, AnswerSchema.of(schema)))
                .orElse(model);
    }

    private ContextWindow context(RunAgent agent, RunBudget budget, ToolRunner tools) {
        Model model = agent.model();
        String writer = parts.compaction().model();
        Integer window = model.facts().contextWindow();
        Shortening shortening = new Shortening(
                parts.compaction(),
                window,
                log.watched()
                        .writer(
                                writer == null
                                        ? model
                                        : budget.around(parts.models().choose(writer))),
                log::emit,
                aside -> {
                    if (aside instanceof ModelDelta.Troubled trouble) {
                        log.emit(new ErrorReported(trouble.error()));
                    }
                });
        ContextWindow context = new ContextWindow(shortening, window == null ? 0 : fixedTokens(agent.system(), tools));
        Transcript transcript = store().sessions().transcript(run.sessionId());
        Summary earlier = transcript.summary();
        if (earlier != null) {
            context.resume(earlier);
        }
        Conversation.upTo(run.id(), transcript.messages()).forEach(context::add);
        return context;
    }

    /// What goes along with every question.
    private static long fixedTokens(@Nullable String instructions, ToolRunner tools) {
        long tokens = instructions == null ? 0 : Tokens.of(instructions);
        for (ToolSpec tool : tools.specs()) {
            tokens += Tokens.of(tool.name()) + Tokens.of(tool.description()) + Tokens.of(tool.parameters());
        }
        return tokens;
    }

    /// Charges the attempt before anything else, so that a run that brings its process down every time comes to
    /// an end; then settles what the last turn has left open.
    ///
    /// @return the end of the run, where only that was missing
    private @Nullable Terminal resume(Resumption from, ToolRunner tools) throws InterruptedException {
        int crashes = from.crashes();
        if (!from.isMarked()) {
            log.emit(new RunInterrupted(Recovery.PROCESS_ENDED));
            crashes++;
        }
        if (crashes >= MOST_CRASHES) {
            throw new AgentException(new AgentError.Interrupted(
                    "crash_loop: the process ended " + MOST_CRASHES + " times while this run was under way"));
        }
        AgentLoop.Progress done = from.progress();
        int next = done.turns() + 1;
        log.emit(new RunResumed(from.attempt(), next));
        if (from.hasUnfinishedText()) {
            log.emit(new AttemptReset(next, "the run was interrupted in the middle of this turn"));
        }
        TurnCompleted last = from.lastTurn();
        if (last != null && from.calls().isEmpty()) {
            TokenUsage used = done.used();
            return new RunCompleted(
                    last.messageId(), last.message().text(), used.total(), used, last.stopReason(), last.turn());
        }
        tools.settle(from);
        return null;
    }

    private Store store() {
        return parts.store();
    }
}
