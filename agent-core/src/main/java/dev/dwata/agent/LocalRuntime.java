package dev.dwata.agent;

import dev.dwata.agent.context.Compaction;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.definition.Prompts;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.observe.Observer;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.observe.jfr.FlightRecording;
import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.agent.tool.ToolSource;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs agents in this JVM, over a store.
public final class LocalRuntime implements AgentRuntime {
    private final Engine engine;
    private final Principal principal;
    private final boolean owner;
    private final @Nullable Housekeeping housekeeping;
    private final @Nullable Reflection reflection;

    private LocalRuntime(
            Engine engine,
            Principal principal,
            boolean owner,
            @Nullable Housekeeping housekeeping,
            @Nullable Reflection reflection) {
        this.housekeeping = housekeeping;
        this.reflection = reflection;
        this.engine = engine;
        this.principal = principal;
        this.owner = owner;
    }

    /// The same runtime on behalf of somebody else. Closing this view does nothing.
    public LocalRuntime as(Principal other) {
        return new LocalRuntime(engine, other, false, null, null);
    }

    @Override
    public Session createSession(NewSession wanted) {
        return session(engine.create(principal, wanted).id());
    }

    @Override
    public Session session(SessionId id) {
        LocalSession session = new LocalSession(this, engine, principal, id);
        session.info();
        return session;
    }

    @Override
    public Run prompt(NewSession wanted, Prompt prompt) {
        return engine.prompt(this, principal, SessionId.create(), wanted, prompt);
    }

    /// The same in a session of this id, which there must not be yet.
    public Run prompt(SessionId made, NewSession wanted, Prompt prompt) {
        return engine.prompt(this, principal, made, wanted, prompt);
    }

    @Override
    public Attachment attach(InputStream bytes, String mediaType, String name) throws IOException {
        return engine.store().attachments().put(principal, bytes, mediaType, name);
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        return engine.store().sessions().list(principal, query);
    }

    @Override
    public List<SessionHit> search(SessionSearch search) {
        return engine.store().sessions().search(principal, search);
    }

    @Override
    public void cancel(RunId run, String reason) {
        engine.cancel(principal, run, reason);
    }

    @Override
    public void resume(RunId run) {
        engine.resume(principal, run);
    }

    @Override
    public List<InputRequest> inputs(@Nullable SessionId session) {
        return engine.responses().open(principal, session);
    }

    @Override
    public void respond(InputId request, InputResponse response) {
        engine.responses().respond(principal, principal.id(), request, response);
    }

    /// The same, on behalf of one of the principal's clients, which the log then names.
    public InputResolved respond(InputId request, InputResponse response, String client) {
        return engine.responses().respond(principal, principal.id() + "/" + client, request, response);
    }

    @Override
    public List<RunningTool> processes(@Nullable SessionId session) {
        return engine.processes().list(principal, session);
    }

    @Override
    public void stopProcess(ProcessId process, String reason) {
        engine.processes().stop(principal, process, reason);
    }

    /// The tools that clients carry out themselves.
    public ClientTools clientTools() {
        return engine.shared().clients();
    }

    /// Carries on with what a process that is gone has left in a session, for a runtime that
    /// [recovers on use][Builder#recoverOnUse].
    public void takeUp(SessionId session) {
        engine.takeUp(session(session).id());
    }

    /// Takes no more prompts, and waits until each run that is under way has come to the end of its step, a
    /// model call or a tool call, and was interrupted there. Such runs, and those that wait, go on when a
    /// runtime is opened on the store again. To be followed by [#close].
    ///
    /// @param patience how long to wait at most
    /// @return whether no run is under way any more
    public boolean drain(Duration patience) throws InterruptedException {
        return engine.drain(patience);
    }

    /// What is kept from everything that is stored and shown.
    public Redaction redaction() {
        return engine.redaction();
    }

    /// The agents that may be asked.
    public Agents agents() {
        return engine.agents();
    }

    /// The tools that are always there: neither those of other sources nor those of clients.
    public ToolRegistry tools() {
        return engine.shared().tools();
    }

    /// What goes on in a session, whoever owns it.
    public Activity activity(SessionId session) {
        return engine.lanes().activity(session);
    }

    /// The sessions in which a run is under way, whoever owns them.
    public List<SessionId> busySessions() {
        return engine.lanes().busy();
    }

    @Override
    public void close() {
        if (housekeeping != null) {
            housekeeping.close();
        }
        if (reflection != null) {
            reflection.close();
        }
        if (owner) {
            engine.close();
        }
    }

    /// Puts a runtime together. Models and a store are needed; everything else has a default.
    public static final class Builder {
        private @Nullable Models models;
        private @Nullable Store store;
        private Collection<? extends Tool> tools = List.of();
        private ToolPolicy policy = ToolPolicy.unattended();
        private Limits limits = Limits.DEFAULT;
        private BudgetPolicy budgets = BudgetPolicy.UNLIMITED;
        private Agents agents = Agents.only("");
        private Prompts prompts = Prompts.plain();
        private Compaction compaction = Compaction.USUAL;
        private final List<ToolSource> sources = new ArrayList<>();
        private Duration patience = Duration.ofMinutes(10);
        private Duration stopWithin = Duration.ofSeconds(10);
        private int deepestSubAgent;
        private boolean processTools;
        private boolean reflects;
        private @Nullable String reflectionModel;
        private Budget reflectionBudget = Budget.UNLIMITED;
        private Principal principal = Principal.LOCAL;
        private boolean recoversAll = true;
        private ResumeMode resume = ResumeMode.AUTO;
        private Redaction redaction = Redaction.byShape();
        private final List<Observer> observers = new ArrayList<>(List.of(new FlightRecording()));

        Builder() {}

        public Builder model(Model model) {
            return models(Models.only(model));
        }

        public Builder models(Models models) {
            this.models = models;
            return this;
        }

        /// @param store closed with the runtime
        public Builder store(Store store) {
            this.store = store;
            return this;
        }

        /// Default: none.
        public Builder tools(Collection<? extends Tool> tools) {
            this.tools = List.copyOf(tools);
            return this;
        }

        /// Has more tools, which may appear and change. May be called for several.
        public Builder toolSource(ToolSource source) {
            sources.add(source);
            return this;
        }

        /// How long a run waits for a person to agree to a tool call; then it is denied. Default: 10 minutes.
        public Builder approvalsWithin(Duration longest) {
            this.patience = longest;
            return this;
        }

        /// How long what a cancelled run does may take to stop; then the run ends without it, and its end names
        /// it. Default: 10 seconds.
        public Builder stopWithin(Duration longest) {
            this.stopWithin = longest;
            return this;
        }

        /// Default: [ToolPolicy#unattended].
        public Builder policy(ToolPolicy policy) {
            this.policy = policy;
            return this;
        }

        public Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        /// What runs may use: tokens, money, tool calls, time. Default: [BudgetPolicy#UNLIMITED].
        public Builder budgets(BudgetPolicy budgets) {
            this.budgets = budgets;
            return this;
        }

        /// There is one agent, `default`, whose model is told this before the conversation. Default: nothing.
        public Builder instructions(String instructions) {
            return agents(Agents.only(instructions));
        }

        /// Default: one that is told nothing.
        public Builder agents(Agents agents) {
            this.agents = agents;
            return this;
        }

        /// Default: [Prompts#plain].
        public Builder prompts(Prompts prompts) {
            this.prompts = prompts;
            return this;
        }

        /// How conversations are shortened that outgrow the window of their model. Default: [Compaction#USUAL].
        public Builder compaction(Compaction settings) {
            this.compaction = settings;
            return this;
        }

        /// Gives agents the tool `agent.run`, with which they have others do a task. Default: they have none.
        ///
        /// @param deepest how many may be nested below a session's own agent: 0, which is none, to 10
        public Builder subAgents(int deepest) {
            if (deepest < 0 || deepest > 10) {
                throw new IllegalArgumentException("sub-agents may be nested 0 to 10 deep, not " + deepest);
            }
            this.deepestSubAgent = deepest;
            return this;
        }

        /// After each run that people asked for and that has completed, has an agent look at the
        /// conversation and propose what to remember: calls of `memory.set` and `memory.delete` in a
        /// session of its own, to which somebody has to agree. Default: no. Not with [#recoverOnUse].
        ///
        /// @param model  that it asks; absent: the default
        /// @param budget of each reflection
        public Builder reflection(@Nullable String model, Budget budget) {
            this.reflects = true;
            this.reflectionModel = model;
            this.reflectionBudget = budget;
            return this;
        }

        /// Gives agents the tools `process.*`, which show and stop tool calls. Default: they have none.
        public Builder processTools() {
            this.processTools = true;
            return this;
        }

        /// On whose behalf. Default: [Principal#LOCAL].
        public Builder principal(Principal principal) {
            this.principal = principal;
            return this;
        }

        /// Carries on with what processes that are gone have left in a session only when that session is
        /// prompted: for a process that answers one question and ends. Default: with everything, at once.
        public Builder recoverOnUse() {
            this.recoversAll = false;
            return this;
        }

        /// What becomes of runs that were cut off. Default: [ResumeMode#AUTO].
        public Builder resume(ResumeMode mode) {
            this.resume = mode;
            return this;
        }

        /// Is told what runs do, besides the JVM's Flight Recorder. May be called for several.
        public Builder observer(Observer observer) {
            observers.add(observer);
            return this;
        }

        /// What is not to be stored, shown or told to a model. Default: [Redaction#byShape].
        public Builder redaction(Redaction redaction) {
            this.redaction = redaction;
            return this;
        }

        /// Starts the runtime, which carries on with the runs that processes which are gone have left.
        public LocalRuntime build() {
            Engine engine = new Engine(new Parts(
                    DirectModel.with(Objects.requireNonNull(models, "a runtime needs a model")),
                    new Tooling(
                            new ToolRegistry(tools),
                            List.copyOf(sources),
                            policy,
                            patience,
                            stopWithin,
                            deepestSubAgent,
                            processTools),
                    Objects.requireNonNull(store, "a runtime needs a store"),
                    limits,
                    budgets,
                    reflects ? Reflection.with(agents, reflectionModel, reflectionBudget) : agents,
                    prompts,
                    compaction,
                    recoversAll,
                    resume,
                    redaction,
                    Scope.of(observers)));
            if (!recoversAll) {
                return new LocalRuntime(engine, principal, true, null, null);
            }
            engine.start();
            Housekeeping housekeeping = Housekeeping.start(engine.store(), InstantSource.system());
            Reflection reflection = reflects ? Reflection.start(engine) : null;
            return new LocalRuntime(engine, principal, true, housekeeping, reflection);
        }
    }
}
