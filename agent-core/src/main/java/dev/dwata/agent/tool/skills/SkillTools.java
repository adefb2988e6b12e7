package dev.dwata.agent.tool.skills;

import dev.dwata.agent.definition.Skill;
import dev.dwata.agent.definition.Skills;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.files.FileTools;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.schema.Description;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `skill.read`
public final class SkillTools {
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
            "skill.read",
            "Reads a skill: its SKILL.md, or another text file of its folder that the SKILL.md names.",
            Effect.PURE,
            Approval.AUTO);
    private static final String MAIN = "SKILL.md";
    private static final int MOST_NAMED = 20;

    private SkillTools() {}

    record Arguments(
            @Description("the name of the skill") String name,

            @Description("a file, relative to the skill's folder; default SKILL.md") @Nullable
            String path,

            @Description("the first line to read, counting from 1; default 1") @Nullable
            Long offset) {}

    public static List<Tool> over(Skills skills) {
        return List.of(Tool.of(HEAD, Arguments.class, (arguments, context) -> read(skills, arguments, context)));
    }

    private static ToolOutcome read(Skills skills, Arguments arguments, ToolContext context) throws Exception {
        Optional<Skill> skill = skills.find(arguments.name);
        if (skill.isEmpty()) {
            return new ToolOutcome.Retry("there is no skill '" + arguments.name + "'; " + known(skills));
        }
        Workspace folder = Workspace.at(skill.get().folder());
        return FileTools.read(folder, arguments.path == null ? MAIN : arguments.path, arguments.offset, context);
    }

    private static String known(Skills skills) {
        List<String> names = skills.list().skills().stream()
                .map(Skill::name)
                .limit(MOST_NAMED)
                .toList();
        return names.isEmpty() ? "there are none" : "there are " + String.join(", ", names);
    }
}
