package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Skill;
import dev.dwata.agent.definition.Skills;
import java.util.List;

/// What a model is told of the skills it can read: a line for each, at most 60 of them and 16,000 characters.
final class SkillList {
    /// What reads them.
    static final String TOOL = "skill.read";

    private static final int MOST = 60;
    private static final int MOST_CHARACTERS = 16_000;
    private static final int LONGEST = 400;

    private SkillList() {}

    /// @return empty where there are none for this agent
    static String of(AgentDefinition agent, Skills.Listing listing) {
        List<Skill> skills = listing.skills().stream()
                .filter(skill -> agent.knows(skill.name()))
                .toList();
        if (skills.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n\nSkills. Before you do what one of them is for, read it with the"
                + " tool skill.read and follow it:");
        int shown = 0;
        for (Skill skill : skills) {
            String line = "\n- " + skill.name() + ": " + shortened(skill.description(), LONGEST);
            if (shown == MOST || text.length() + line.length() > MOST_CHARACTERS) {
                break;
            }
            text.append(line);
            shown++;
        }
        if (shown < skills.size()) {
            text.append("\n(and ").append(skills.size() - shown).append(" more, which do not fit here)");
        }
        return text.toString();
    }

    static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
