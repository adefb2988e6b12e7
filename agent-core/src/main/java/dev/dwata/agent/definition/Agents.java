package dev.dwata.agent.definition;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.List;

/// The agents there are. What they are may change from one call to the next; asked from many threads.
public interface Agents {
    /// The agent that answers where none is named.
    String DEFAULT = "default";

    /// @throws AgentException with `InvalidRequest`: there is none of this name, and these are known; or its
    ///                        file is broken, and where
    AgentDefinition find(String name);

    Listing list();

    /// @param agents   those that can be used: the default first, then by name
    /// @param findings what is wrong with the others and with skills, and what is lacking of these
    record Listing(List<AgentDefinition> agents, List<Finding> findings) {
        public Listing {
            agents = List.copyOf(agents);
            findings = List.copyOf(findings);
        }
    }

    /// A single agent, called `default`.
    ///
    /// @param instructions empty where it is told nothing
    static Agents only(String instructions) {
        return of(List.of(AgentDefinition.of(DEFAULT, instructions)));
    }

    /// These and no others, for as long as they are asked for.
    static Agents of(List<AgentDefinition> agents) {
        List<AgentDefinition> all = List.copyOf(agents);
        return new Agents() {
            @Override
            public AgentDefinition find(String name) {
                return all.stream()
                        .filter(agent -> agent.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> unknown(
                                name, all.stream().map(AgentDefinition::name).toList()));
            }

            @Override
            public Listing list() {
                return new Listing(all, List.of());
            }
        };
    }

    /// What is said to somebody who asked for an agent that there is not.
    static AgentException unknown(String name, List<String> known) {
        String shown = name.codePointCount(0, name.length()) <= 64
                ? name
                : name.substring(0, name.offsetByCodePoints(0, 64)) + "…";
        String rule = AgentDefinition.isName(name) ? "" : " (a name is " + AgentDefinition.NAME_RULE + ")";
        return new AgentException(new AgentError.InvalidRequest(
                "there is no agent '" + shown + "'" + rule + "; known: " + String.join(", ", known)));
    }
}
