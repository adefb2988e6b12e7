package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.AgentSource;
import java.util.List;

/// What a model is told of the other agents, which it can give tasks to: a line for each that somebody has
/// written and described, at most 40 of them.
final class AgentList {
    /// What gives them tasks.
    static final String TOOL = "agent.run";

    private static final int MOST = 40;
    private static final int LONGEST = 400;

    private AgentList() {}

    /// @return empty where there are no others
    static String of(AgentDefinition agent, List<AgentDefinition> all) {
        List<AgentDefinition> others = all.stream()
                .filter(other -> !other.name().equals(agent.name()))
                .filter(other -> other.source().kind() != AgentSource.Kind.BUILT_IN)
                .filter(other -> !other.description().isEmpty())
                .toList();
        if (others.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n\nOther agents. The tool agent.run gives one of them a task:");
        for (AgentDefinition other : others.subList(0, Math.min(MOST, others.size()))) {
            text.append("\n- ").append(other.name()).append(": ");
            text.append(SkillList.shortened(other.description(), LONGEST));
        }
        return text.toString();
    }
}
