package dev.dwata.cli.home;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.InputId;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sessions of the data folder, and runs in this process.
final class InProcess implements Backend {
    private final Installation installation;
    private final LastSession lastSession;
    private final SlashCommands commands;
    private final Prompt.Origin origin = new Prompt.Origin(ClientType.CLI, "cli-" + UUID.randomUUID(), null, null);
    private final Thread closer = new Thread(this::closeRuntime, "dwata-close");

    InProcess(Installation installation, LastSession lastSession) {
        this.installation = installation;
        this.lastSession = lastSession;
        this.commands = new LocalCommands(installation);
        Runtime.getRuntime().addShutdownHook(closer);
    }

    @Override
    public AgentRuntime runtime() {
        return installation.runtime();
    }

    @Override
    public SlashCommands commands() {
        return commands;
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
        return "in this process";
    }

    @Override
    public Prompt.Origin origin() {
        return origin;
    }

    @Override
    public AgentsListPayload agents(@Nullable String name) {
        return new AgentOperations(installation.runtime()).list(name);
    }

    @Override
    public void takeUp(SessionId session) {
        installation.runtime().takeUp(session);
    }

    @Override
    public void delete(SessionId session) {
        installation.store().sessions().purge(Principal.LOCAL, session);
    }

    @Override
    public void cancelActive(SessionId session, String reason) {
        RunId active = installation.runtime().activity(session).activeRun();
        if (active == null) {
            throw new AgentException(new AgentError.NotFound(
                    "nothing runs here: a run of another process of dwata is stopped there, with Ctrl+C"));
        }
        installation.runtime().cancel(active, reason);
    }

    @Override
    public UsagePayload usage(UsageParams params) {
        return new UsageOperations(installation.store().usage(), InstantSource.system()).usage(Principal.LOCAL, params);
    }

    @Override
    public List<ToolSpec> tools() {
        return installation.runtime().tools().specs();
    }

    @Override
    public void respond(InputId request, InputResponse response) {
        installation.runtime().respond(request, response, String.valueOf(origin.clientId()));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook closes
        }
        closeRuntime();
    }

    private void closeRuntime() {
        installation.close();
    }
}
