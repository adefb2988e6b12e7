package dev.dwata.gateway.command;

import dev.dwata.agent.store.Sessions.Change;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentView;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.FindingView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows the agents, or sets the one of the session.
record AgentCommand(Store store, AgentOperations agents, SessionOperations sessions) implements Command {
    /// @param agent    what answers in the session; absent where the caller is in none
    /// @param agents   what may be chosen
    /// @param findings what is wrong with their files
    private record Choice(@Nullable String agent, List<AgentView> agents, List<FindingView> findings) {}

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String usage() {
        return "/agent [name]";
    }

    @Override
    public String summary() {
        return "show the agents, or set the one of this session";
    }

    @Override
    public CommandReply run(CommandCall call) {
        return call.argument().isEmpty() ? show(call) : set(call, call.requireSession());
    }

    private CommandReply set(CommandCall call, SessionId session) {
        String chosen = agents.list(call.argument()).agents().getFirst().name();
        store.sessions().update(call.caller(), session, Change.agent(chosen));
        return CommandReply.of("This session now uses agent " + chosen + ".", session, choice(chosen))
                .withChange();
    }

    private CommandReply show(CommandCall call) {
        SessionId session = call.session();
        String current =
                session == null ? null : sessions.find(call.caller(), session).agentName();
        Choice choice = choice(current);
        StringBuilder text = new StringBuilder();
        if (current != null) {
            text.append("This session uses agent ").append(current).append(".\n");
        }
        text.append("Agents:");
        for (AgentView agent : choice.agents()) {
            text.append("\n  ").append(agent.name());
            if (!agent.description().isEmpty()) {
                text.append(": ").append(agent.description());
            }
        }
        for (FindingView finding : choice.findings()) {
            text.append("\n! ").append(finding.file());
            text.append(finding.line() == null ? "" : ", line " + finding.line());
            text.append(": ").append(finding.message());
        }
        return CommandReply.of(text.toString(), session, choice);
    }

    private Choice choice(@Nullable String current) {
        AgentsListPayload all = agents.list(null);
        return new Choice(current, all.agents(), all.findings());
    }
}
