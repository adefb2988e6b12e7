package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.definition.Finding;
import dev.dwata.agent.definition.Skill;
import dev.dwata.agent.definition.Skills;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The agents of files `NAME.md`, and one that is built in. Of those of the same name the person's own counts,
/// then the workspace's, then the one that is built in; where the one that counts is broken, the next does not
/// step in for it, for it may have fewer restrictions.
public final class FolderAgents implements Agents {
    private static final String ENDING = ".md";
    private static final int MOST_BYTES = 256 * 1024;

    private final Places places;
    private final AgentDefinition builtIn;

    /// @param builtIn where there is no file for it
    public FolderAgents(Places places, AgentDefinition builtIn) {
        this.places = places;
        this.builtIn = builtIn;
    }

    @Override
    public AgentDefinition find(String name) {
        if (AgentDefinition.isName(name)) {
            for (Shelf shelf : places.agents()) {
                try {
                    AgentDefinition found = read(shelf, name);
                    if (found != null) {
                        return found;
                    }
                } catch (BrokenFile e) {
                    Finding finding = e.of(shelf.folder().resolve(name + ENDING));
                    throw new AgentException(
                            new AgentError.InvalidRequest(
                                    "the agent '" + name + "' cannot be used: " + finding.sentence()),
                            e);
                }
            }
        }
        if (name.equals(builtIn.name())) {
            return builtIn;
        }
        throw Agents.unknown(
                name, list().agents().stream().map(AgentDefinition::name).toList());
    }

    @Override
    public Listing list() {
        TreeMap<String, AgentDefinition> agents = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        List<Finding> findings = new ArrayList<>();
        for (Shelf shelf : places.agents()) {
            collect(shelf, taken, agents, findings);
        }
        if (taken.add(builtIn.name())) {
            agents.put(builtIn.name(), builtIn);
        }
        List<AgentDefinition> ordered = new ArrayList<>(agents.values());
        AgentDefinition first = agents.get(builtIn.name());
        if (first != null) {
            ordered.remove(first);
            ordered.addFirst(first);
        }
        Skills.Listing skills = new FolderSkills(places).list();
        findings.addAll(skills.findings());
        findings.addAll(lacking(ordered, skills.skills()));
        return new Listing(ordered, findings);
    }

    private static void collect(
            Shelf shelf, Set<String> taken, Map<String, AgentDefinition> agents, List<Finding> findings) {
        for (String file : files(shelf, findings)) {
            String name = file.substring(0, file.length() - ENDING.length());
            try {
                if (!AgentDefinition.isName(name)) {
                    throw new BrokenFile("the name of an agent's file must be " + AgentDefinition.NAME_RULE);
                }
                if (taken.add(name)) {
                    AgentDefinition found = read(shelf, name);
                    if (found != null) {
                        agents.put(name, found);
                    }
                }
            } catch (BrokenFile e) {
                findings.add(e.of(shelf.folder().resolve(file)));
            }
        }
    }

    private static List<String> files(Shelf shelf, List<Finding> findings) {
        try {
            return shelf.names().stream()
                    .filter(name -> name.endsWith(ENDING) && !name.startsWith("."))
                    .toList();
        } catch (BrokenFile e) {
            findings.add(e.of(shelf.folder()));
            return List.of();
        }
    }

    private static @Nullable AgentDefinition read(Shelf shelf, String name) throws BrokenFile {
        String text = shelf.text(name + ENDING, MOST_BYTES);
        Path file = shelf.folder().resolve(name + ENDING);
        return text == null ? null : AgentFile.read(name, text, shelf.source(file));
    }

    /// Variables and skills that agents name and that are not there.
    private List<Finding> lacking(List<AgentDefinition> agents, List<Skill> skills) {
        List<Finding> findings = new ArrayList<>();
        Set<Finding> said = new HashSet<>();
        for (AgentDefinition agent : agents) {
            Variables variables = Variables.on(places.agents(agent.source().kind()));
            variables.findings().stream().filter(said::add).forEach(findings::add);
            for (String name : Placeholders.missing(agent.instructions(), variables.values())) {
                findings.add(new Finding(
                        agent.source().shown(),
                        null,
                        "there is no variable '" + name + "' in .variables.json beside it"));
            }
            for (String name : agent.skills() == null ? List.<String>of() : agent.skills()) {
                if (skills.stream().noneMatch(skill -> skill.name().equals(name))) {
                    findings.add(new Finding(agent.source().shown(), null, "there is no skill '" + name + "'"));
                }
            }
        }
        return findings;
    }
}
