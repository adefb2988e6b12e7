package dev.dwata.agent;

import dev.dwata.agent.context.Compaction;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.definition.Prompts;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Store;

/// What a runtime is put together from.
record Parts(
        Models models,
        Tooling tooling,
        Store store,
        Limits limits,
        BudgetPolicy budgets,
        Agents agents,
        Prompts prompts,
        Compaction compaction,
        boolean recoversAll,
        ResumeMode resume,
        Redaction redaction,
        Scope scope) {}
