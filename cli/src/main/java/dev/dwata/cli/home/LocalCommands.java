package dev.dwata.cli.home;

import dev.dwata.cli.output.Version;
import dev.dwata.gateway.api.Audience;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.gateway.command.CommandCall;
import dev.dwata.gateway.command.CommandReply;
import dev.dwata.gateway.command.Commands;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Participant;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.CommandResultPayload;
import dev.dwata.types.wire.SessionView;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The gateway's slash commands, without a gateway.
final class LocalCommands implements SlashCommands {
    private final Commands commands;
    private List<SessionId> listing = List.of();

    LocalCommands(Installation installation) {
        Clock clock = Clock.system(ZoneId.systemDefault());
        SessionOperations sessions =
                new SessionOperations(installation.runtime(), installation.store(), new Nobody(), clock);
        long started = System.nanoTime();
        StatusOperations status = new StatusOperations(
                installation.runtime(),
                installation.store(),
                installation.models(),
                sessions,
                new Nobody(),
                new StatusOperations.Version(Version.text(), () -> (System.nanoTime() - started) / 1_000_000_000));
        commands = new Commands(new Commands.Parts(
                installation.runtime(), installation.store(), installation.models(), sessions, status, clock));
    }

    @Override
    public synchronized Reply run(String text, @Nullable SessionId session) {
        Commands.Written written = Commands.read(text);
        if (written == null) {
            throw new AgentException(new AgentError.InvalidRequest("'" + text + "' is not a command"));
        }
        CommandReply reply =
                commands.run(written.name(), new CommandCall(Principal.LOCAL, session, listing, written.argument()));
        if (reply.listing() != null) {
            listing = reply.listing();
        }
        SessionId now = reply.entered() == null ? session : reply.entered().session();
        return new Reply(new CommandResultPayload(written.name(), reply.text(), reply.data(), reply.session()), now);
    }

    /// No connections.
    private record Nobody() implements Audience {
        @Override
        public int clients(SessionId session) {
            return 0;
        }

        @Override
        public List<Participant> participants(SessionId session) {
            return List.of();
        }

        @Override
        public Set<SessionId> followed() {
            return Set.of();
        }

        @Override
        public void deleted(Principal owner, SessionView last) {}

        @Override
        public int connections() {
            return 0;
        }

        @Override
        public int connections(Principal owner) {
            return 0;
        }
    }
}
