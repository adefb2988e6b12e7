package dev.dwata.agent.definition;

import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an agent is.
///
/// @param description for people and for other agents, one sentence; empty where there is none
/// @param model       `provider/name` or an alias; absent: the default
/// @param tools       which of the tools it has
/// @param approvals   who must agree to a tool, where it differs from what the tool says of itself; of those
///                    that fit, the last counts
/// @param skills      the names of those it is told of; absent: all
/// @param instructions what its model is told, placeholders not yet filled in: see [Prompts]
public record AgentDefinition(
        String name,
        String description,
        @Nullable String model,
        ToolChoice tools,
        List<ApprovalRule> approvals,
        AgentLimits limits,
        Budget budget,
        @Nullable List<String> skills,
        String instructions,
        AgentSource source) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /// What a name must be, for messages.
    public static final String NAME_RULE = "1 to 64 of a-z 0-9 _ -, beginning with a letter or digit";

    public AgentDefinition {
        if (!isName(name)) {
            throw new IllegalArgumentException("the name of an agent must be " + NAME_RULE + ", not '" + name + "'");
        }
        approvals = List.copyOf(approvals);
        skills = skills == null ? null : List.copyOf(skills);
    }

    /// Who must agree to the calls of some tools.
    public record ApprovalRule(ToolPattern tools, Approval approval) {}

    /// An agent with all tools, of which nothing more is said.
    public static AgentDefinition of(String name, String instructions) {
        return new AgentDefinition(
                name,
                "",
                null,
                ToolChoice.ALL,
                List.of(),
                AgentLimits.NONE,
                Budget.UNLIMITED,
                null,
                instructions,
                AgentSource.BUILT_IN);
    }

    public AgentDefinition described(String text) {
        return new AgentDefinition(name, text, model, tools, approvals, limits, budget, skills, instructions, source);
    }

    /// Whether `text` can name an agent or a skill; what can is safe as a part of a path.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Whether it is told of this skill.
    public boolean knows(String skill) {
        return skills == null || skills.contains(skill);
    }

    /// Who must agree to a tool of this agent. One that a workspace brought can only ask for more agreement
    /// than the tool does by itself.
    public Approval approval(ToolSpec tool) {
        Approval approval = tool.approval();
        for (ApprovalRule rule : approvals) {
            if (rule.tools().matches(tool.name())) {
                approval = rule.approval();
            }
        }
        boolean looser = approval.compareTo(tool.approval()) < 0;
        return looser && !source.mayGrant() ? tool.approval() : approval;
    }

    /// Of all tools those that this agent has, with the approval that this agent needs.
    public ToolRegistry toolsOf(ToolRegistry all) {
        return all.adapted(spec -> tools.permits(spec.name()), spec -> spec.withApproval(approval(spec)));
    }
}
