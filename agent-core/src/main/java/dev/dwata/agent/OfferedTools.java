package dev.dwata.agent;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.agent.tool.ToolSource;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The tools of a run: those of its agent, those that come from elsewhere, and those of the clients that are
/// there. What a reply of the model calls is what that reply was offered.
final class OfferedTools {
    private final ToolRegistry fixed;
    private final AgentDefinition agent;
    private final List<ToolSource> sources;
    private final ClientTools clients;
    private final SessionId session;
    private volatile ToolRegistry offered;

    /// @param fixed those of the agent
    OfferedTools(
            ToolRegistry fixed,
            AgentDefinition agent,
            List<ToolSource> sources,
            ClientTools clients,
            SessionId session) {
        this.fixed = fixed;
        this.agent = agent;
        this.sources = sources;
        this.clients = clients;
        this.session = session;
        this.offered = fixed;
        refreshed();
    }

    /// What is offered from now on.
    List<ToolSpec> refreshed() {
        List<Tool> others = sources.stream()
                .flatMap(source -> source.tools(session, agent.name()).stream())
                .toList();
        List<Tool> ofClients = clients.of(session);
        if (others.isEmpty() && ofClients.isEmpty()) {
            offered = fixed;
            return fixed.specs();
        }
        Set<String> taken = new HashSet<>();
        fixed.specs().forEach(spec -> taken.add(key(spec)));
        List<Tool> own = new ArrayList<>();
        others.stream().filter(tool -> taken.add(key(tool.spec()))).forEach(own::add);
        List<Tool> theirs =
                ofClients.stream().filter(tool -> taken.add(key(tool.spec()))).toList();
        offered = fixed.and(Stream.concat(agent.toolsOf(new ToolRegistry(own)).all().stream(), theirs.stream())
                .toList());
        return offered.specs();
    }

    private static String key(ToolSpec spec) {
        return spec.name().toLowerCase(Locale.ROOT);
    }

    /// The names of those whose results others have written.
    List<String> foreign() {
        return offered.specs().stream()
                .filter(spec -> spec.has(ToolTrait.FOREIGN))
                .map(ToolSpec::name)
                .toList();
    }

    Optional<Tool> find(String name) {
        return offered.find(name);
    }
}
