package dev.dwata.gateway.api;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.AgentDefinition.ApprovalRule;
import dev.dwata.agent.definition.Agents;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.wire.AgentView;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.FindingView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The agents, as clients are shown them.
public record AgentOperations(LocalRuntime runtime) {

    /// @param name only this one, with its instructions; absent: all
    /// @throws AgentException with `InvalidRequest` if there is none of this name
    public AgentsListPayload list(@Nullable String name) {
        if (name != null) {
            return new AgentsListPayload(List.of(view(runtime.agents().find(name), true)), List.of());
        }
        Agents.Listing all = runtime.agents().list();
        return new AgentsListPayload(
                all.agents().stream().map(agent -> view(agent, false)).toList(),
                all.findings().stream()
                        .map(finding -> new FindingView(finding.file(), finding.line(), finding.message()))
                        .toList());
    }

    private static AgentView view(AgentDefinition agent, boolean whole) {
        Map<String, Approval> approvals = new LinkedHashMap<>();
        for (ApprovalRule rule : agent.approvals()) {
            approvals.put(rule.tools().text(), rule.approval());
        }
        return new AgentView(
                agent.name(),
                agent.description(),
                agent.model(),
                agent.source().kind().wireName(),
                agent.source().file(),
                agent.tools().patterns(),
                approvals,
                new AgentView.Limits(agent.limits().maxTurns(), agent.limits().maxConsecutiveToolFailures()),
                new AgentView.Budget(
                        agent.budget().usd(),
                        agent.budget().tokens(),
                        agent.budget().toolCalls(),
                        agent.budget().wallTime() == null
                                ? null
                                : agent.budget().wallTime().toSeconds()),
                agent.skills(),
                whole ? agent.instructions() : null);
    }
}
