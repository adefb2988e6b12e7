package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.definition.Prompts;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionInfo;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes prompts of an agent's instructions, with their placeholders filled in; of the skills that it can
/// read; and of the `AGENTS.md` of a workspace that is trusted.
///
///     {time_now}    the local time, yyyy-MM-dd HH:mm:ss
///     {workspace}   the folder that tools work in
///     {context}     what the session is about, as it was made; empty where that was not said
///     {name}        the variable of that name in `.variables.json` beside the agent's file
public final class FilePrompts implements Prompts {
    private static final Logger LOG = LoggerFactory.getLogger(FilePrompts.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int MOST_TOLD = 1_000;

    private final Places places;
    private final Agents agents;
    private final FolderSkills skills;
    private final Clock clock;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param agents those that tasks can be given to
    /// @param clock  its zone is that of the local time
    public FilePrompts(Places places, Agents agents, Clock clock) {
        this.places = places;
        this.agents = agents;
        this.skills = new FolderSkills(places);
        this.clock = clock;
    }

    @Override
    public String write(AgentDefinition agent, Principal owner, SessionInfo session) {
        Variables variables = Variables.on(places.agents(agent.source().kind()));
        variables.findings().forEach(finding -> tell(finding.sentence()));
        for (String name : Placeholders.missing(agent.instructions(), variables.values())) {
            tell("agent '" + agent.name() + "': {" + name + "} stays as it is, there is no such variable");
        }
        StringBuilder prompt =
                new StringBuilder(Placeholders.fill(agent.instructions(), name -> value(name, session, variables)));
        if (agent.tools().permits(SkillList.TOOL)) {
            prompt.append(SkillList.of(agent, skills.list()));
        }
        if (agent.tools().permits(AgentList.TOOL)) {
            prompt.append(AgentList.of(agent, agents.list().agents()));
        }
        return prompt.append(WorkspaceInstructions.in(places, this::tell)).toString();
    }

    private @Nullable String value(String name, SessionInfo session, Variables variables) {
        return switch (name) {
            case "time_now" -> LocalDateTime.now(clock).format(TIME);
            case "workspace" -> places.workspace().toString();
            case "context" -> SessionContext.of(session);
            default -> variables.values().get(name);
        };
    }

    /// Each sentence once.
    private void tell(String sentence) {
        if (told.size() < MOST_TOLD && told.add(sentence)) {
            LOG.warn("{}", sentence);
        }
    }
}
