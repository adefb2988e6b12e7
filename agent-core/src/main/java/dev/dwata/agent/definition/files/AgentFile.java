package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.AgentDefinition.ApprovalRule;
import dev.dwata.agent.definition.AgentLimits;
import dev.dwata.agent.definition.AgentSource;
import dev.dwata.agent.definition.ToolChoice;
import dev.dwata.agent.definition.ToolPattern;
import dev.dwata.agent.policy.Budget;
import dev.dwata.types.Approval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an agent from the text of its file. What is not known is an error, so that no mistyped restriction is
/// taken for none.
final class AgentFile {
    private static final Set<String> FIELDS =
            known("name", "description", "model", "tools", "approvals", "limits", "budget", "skills");
    private static final Set<String> LIMITS = known("maxTurns", "maxConsecutiveToolFailures");
    private static final Set<String> BUDGET = known("usd", "tokens", "toolCalls", "seconds");

    private AgentFile() {}

    /// @param name what the file is called, without the ending
    static AgentDefinition read(String name, String text, AgentSource source) throws BrokenFile {
        FrontMatter file = FrontMatter.of(text);
        YamlMap fields = file.fields();
        fields.requireOnly(FIELDS);
        String written = fields.text("name");
        if (written != null && !written.equals(name)) {
            throw fields.wrong("name", "the name '" + written + "' is not that of the file, '" + name + "'");
        }
        if (file.text().isEmpty()) {
            throw new BrokenFile("there are no instructions: what the agent is told follows the front matter");
        }
        String description = fields.text("description");
        return new AgentDefinition(
                name,
                description == null ? "" : description.replaceAll("\\s+", " "),
                fields.text("model"),
                tools(fields),
                approvals(fields),
                limits(fields.map("limits")),
                budget(fields.map("budget")),
                skills(fields),
                file.text(),
                source);
    }

    private static ToolChoice tools(YamlMap fields) throws BrokenFile {
        List<String> patterns = fields.texts("tools");
        if (patterns == null) {
            return ToolChoice.ALL;
        }
        if (patterns.isEmpty()) {
            return new ToolChoice(List.of(ToolChoice.Rule.of("!*"))); // a list of none is none
        }
        List<ToolChoice.Rule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            try {
                rules.add(ToolChoice.Rule.of(pattern));
            } catch (IllegalArgumentException e) {
                throw fields.wrong("tools", String.valueOf(e.getMessage()));
            }
        }
        return new ToolChoice(rules);
    }

    private static List<ApprovalRule> approvals(YamlMap fields) throws BrokenFile {
        YamlMap levels = fields.map("approvals");
        List<ApprovalRule> rules = new ArrayList<>();
        for (String pattern : levels.keys()) {
            try {
                rules.add(new ApprovalRule(new ToolPattern(pattern), level(levels, pattern)));
            } catch (IllegalArgumentException e) {
                throw levels.wrong(pattern, String.valueOf(e.getMessage()));
            }
        }
        return rules;
    }

    private static Approval level(YamlMap levels, String pattern) throws BrokenFile {
        String word = levels.text(pattern);
        for (Approval approval : Approval.values()) {
            if (approval.wireName().equals(word)) {
                return approval;
            }
        }
        throw levels.wrong(pattern, "the approval of '" + pattern + "' must be auto, notify or confirm");
    }

    private static AgentLimits limits(YamlMap limits) throws BrokenFile {
        limits.requireOnly(LIMITS);
        return new AgentLimits(count(limits, "maxTurns"), count(limits, "maxConsecutiveToolFailures"));
    }

    private static @Nullable Integer count(YamlMap limits, String key) throws BrokenFile {
        Long number = limits.whole(key, 1);
        return number == null ? null : Math.clamp(number, 1, Integer.MAX_VALUE);
    }

    private static Budget budget(YamlMap budget) throws BrokenFile {
        budget.requireOnly(BUDGET);
        Long seconds = budget.whole("seconds", 0);
        try {
            return new Budget(
                    budget.whole("tokens", 0),
                    budget.number("usd"),
                    budget.whole("toolCalls", 0),
                    seconds == null ? null : Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException e) {
            throw budget.wrong("usd", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable List<String> skills(YamlMap fields) throws BrokenFile {
        List<String> skills = fields.texts("skills");
        for (String skill : skills == null ? List.<String>of() : skills) {
            if (!AgentDefinition.isName(skill)) {
                throw fields.wrong(
                        "skills", "'" + skill + "' is not the name of a skill: " + AgentDefinition.NAME_RULE);
            }
        }
        return skills;
    }

    private static Set<String> known(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }
}
