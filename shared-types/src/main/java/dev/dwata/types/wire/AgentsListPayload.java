package dev.dwata.types.wire;

import java.util.List;

/// The agents that may be asked, `default` first.
///
/// @param findings what is wrong with the files of agents and skills
public record AgentsListPayload(List<AgentView> agents, List<FindingView> findings) {
    public AgentsListPayload {
        agents = List.copyOf(agents);
        findings = List.copyOf(findings);
    }
}
