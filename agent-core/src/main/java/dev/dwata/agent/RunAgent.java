package dev.dwata.agent;

import dev.dwata.agent.context.AttachedFiles;
import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.AgentLimits;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.policy.RunBudget;
import dev.dwata.agent.store.Scope;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionInfo;
import org.jspecify.annotations.Nullable;

/// The agent that carries out a run, as it is when the run is taken up.
///
/// @param system what its model is told; absent where that is nothing
record RunAgent(
        AgentDefinition definition,
        Model model,
        ToolRegistry tools,
        Limits limits,
        @Nullable String system) {

    /// @throws AgentException if the agent or its model is there no more
    static RunAgent of(Parts parts, ToolRegistry tools, RunInfo run) {
        AgentDefinition definition = parts.agents().find(run.agentName());
        SessionInfo session = parts.store()
                .sessions()
                .find(run.owner(), run.sessionId())
                .orElseThrow(
                        () -> new AgentException(new AgentError.NotFound("there is no session " + run.sessionId())));
        String system = parts.prompts().write(definition, run.owner(), session);
        Model model = parts.models().choose(model(run.model(), session.model(), definition));
        return new RunAgent(
                definition,
                AttachedFiles.sentTo(model, parts.store().attachments(), run.owner()),
                definition.toolsOf(tools),
                limits(parts.limits(), definition),
                system.isBlank() ? null : system);
    }

    /// What the run may use. The agent that a run begins with may have a budget of its own, for the run and all
    /// that it gives to other agents; these are kept to that, and not to their own.
    BudgetPolicy budgets(BudgetPolicy all, RunInfo run) {
        return run.depth() == 0 ? all.within(Scope.RUN, definition.budget()) : all;
    }

    /// The same, whose model is asked as far as the budget allows.
    RunAgent within(RunBudget budget) {
        return new RunAgent(definition, budget.around(model), tools, limits, system);
    }

    /// Which model is asked: the one wanted for the run, else the session's, else the agent's.
    ///
    /// @return absent: the default
    static @Nullable String model(@Nullable String wanted, @Nullable String session, AgentDefinition agent) {
        if (wanted != null) {
            return wanted;
        }
        return session == null ? agent.model() : session;
    }

    /// An agent that a workspace brought may have less than the others, never more.
    private static Limits limits(Limits all, AgentDefinition agent) {
        AgentLimits own = agent.limits();
        boolean grants = agent.source().mayGrant();
        return new Limits(
                limit(all.maxTurns(), own.maxTurns(), grants),
                limit(all.maxConsecutiveToolFailures(), own.maxConsecutiveToolFailures(), grants),
                all.maxIdenticalToolCalls(),
                all.maxIdenticalOfLatest());
    }

    private static int limit(int all, @Nullable Integer own, boolean grants) {
        if (own == null) {
            return all;
        }
        return grants ? own : Math.min(all, own);
    }
}
