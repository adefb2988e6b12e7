package dev.dwata.cli.ask;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.home.LastSession;
import dev.dwata.cli.home.SlashCommands;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.types.ClientType;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.CommandResultPayload;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A backend in memory whose model says what a test wants, and whose slash commands repeat what they were
/// given.
public final class ScriptedBackend implements Backend {
    public static final String CLIENT = "cli-test";

    public final ScriptedModel model = new ScriptedModel();
    public final List<String> commands = new ArrayList<>();
    private final InMemoryStore store = new InMemoryStore();
    private final LocalRuntime runtime;
    private final LastSession lastSession;

    public ScriptedBackend(Path folder, Tool... tools) {
        this(folder, ToolPolicy.unattended(), tools);
    }

    public ScriptedBackend(Path folder, ToolPolicy policy, Tool... tools) {
        this.lastSession = LastSession.of(folder);
        this.runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(store)
                .tools(List.of(tools))
                .policy(policy)
                .build();
    }

    @Override
    public LocalRuntime runtime() {
        return runtime;
    }

    /// `/enter ID` enters a session.
    @Override
    public SlashCommands commands() {
        return (text, session) -> {
            commands.add(text);
            CommandResultPayload said = new CommandResultPayload(
                    text.substring(1).split(" ", 2)[0], "did " + text, Json.MAPPER.createObjectNode(), session);
            boolean enters = text.startsWith("/enter ");
            return new SlashCommands.Reply(said, enters ? new SessionId(text.split(" ", 2)[1]) : session);
        };
    }

    @Override
    public LastSession lastSession() {
        return lastSession;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public String place() {
        return "in a test";
    }

    @Override
    public Prompt.Origin origin() {
        return new Prompt.Origin(ClientType.CLI, CLIENT, null, null);
    }

    /// Another client of the same sessions.
    public Prompt.Origin other() {
        return new Prompt.Origin(ClientType.WEB, "web-test", null, null);
    }

    @Override
    public AgentsListPayload agents(String name) {
        return new AgentOperations(runtime).list(name);
    }

    @Override
    public void takeUp(SessionId session) {
        runtime.takeUp(session);
    }

    @Override
    public void delete(SessionId session) {
        store.sessions().purge(Principal.LOCAL, session);
    }

    @Override
    public void cancelActive(SessionId session, String reason) {
        runtime.cancel(Objects.requireNonNull(runtime.activity(session).activeRun()), reason);
    }

    @Override
    public UsagePayload usage(UsageParams params) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
