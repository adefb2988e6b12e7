package dev.dwata.cli.home;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.remote.GatewayAddress;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sessions and runs of a gateway.
final class AtGateway implements Backend {
    private final RemoteRuntime runtime;
    private final LastSession lastSession;
    private final Prompt.Origin origin;
    private final String url;

    private AtGateway(String url, RemoteRuntime runtime, LastSession lastSession, Prompt.Origin origin) {
        this.url = url;
        this.runtime = runtime;
        this.lastSession = lastSession;
        this.origin = origin;
    }

    /// @param token the bearer token; absent where there is none
    /// @throws CommandFailure if `url` is not one
    /// @throws IOException if nobody answers there
    static AtGateway connect(String url, @Nullable String token, LastSession lastSession)
            throws IOException, InterruptedException {
        String clientId = "cli-" + UUID.randomUUID();
        GatewayAddress address;
        try {
            GatewayAddress plain = GatewayAddress.of(url, ClientType.CLI);
            address = new GatewayAddress(plain.url(), ClientType.CLI, clientId, "dwata", token);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        Prompt.Origin origin = new Prompt.Origin(ClientType.CLI, clientId, null, null);
        try {
            return new AtGateway(url, RemoteRuntime.connect(address), lastSession, origin);
        } catch (AgentException e) {
            throw refused(url, token, e);
        }
    }

    private static RuntimeException refused(String url, @Nullable String token, AgentException e) {
        if (!(e.error() instanceof AgentError.Unauthenticated)) {
            return e;
        }
        String advice = token == null
                ? "it asks for a token: put one into DWATA_TOKEN, which 'dwata token create' makes where it runs"
                : "it does not take the token of DWATA_TOKEN, or of the file 'token' in the data folder";
        return new CommandFailure(
                ExitCode.CONFIGURATION, "the gateway at " + url + " does not let this client in: " + advice, e);
    }

    @Override
    public AgentRuntime runtime() {
        return runtime;
    }

    @Override
    public SlashCommands commands() {
        return (text, session) -> {
            RemoteRuntime.CommandReply reply = runtime.command(session, text);
            return new SlashCommands.Reply(reply.said(), reply.session() == null ? session : reply.session());
        };
    }

    @Override
    public LastSession lastSession() {
        return lastSession;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public String place() {
        return "at the gateway " + url;
    }

    @Override
    public Prompt.Origin origin() {
        return origin;
    }

    @Override
    public AgentsListPayload agents(@Nullable String name) {
        return runtime.agents(name);
    }

    @Override
    public void takeUp(SessionId session) {
        // the gateway does
    }

    @Override
    public void delete(SessionId session) {
        runtime.delete(session);
    }

    @Override
    public void cancelActive(SessionId session, String reason) {
        runtime.cancelActive(session, reason);
    }

    @Override
    public UsagePayload usage(UsageParams params) {
        return runtime.usage(params);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
