package dev.dwata.gateway.ws;

import dev.dwata.gateway.command.CommandCall;
import dev.dwata.gateway.command.CommandReply;
import dev.dwata.gateway.command.Commands;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentPayload;
import dev.dwata.types.wire.CommandResultPayload;
import org.jspecify.annotations.Nullable;

/// Runs slash commands for a connection: the request is answered at once, and what the command says comes as an
/// event, to this connection alone.
final class CommandAnswers {
    private static final String COMMAND = "command";

    private final Commands commands;
    private final SessionNotices notices;

    CommandAnswers(Commands commands, SessionNotices notices) {
        this.commands = commands;
        this.notices = notices;
    }

    /// @param named the session of the request; absent: the current one
    Method.Answer answer(Connection from, Commands.Written command, @Nullable SessionId named) {
        SessionId session = named == null ? from.following().current() : named;
        CommandReply reply = commands.run(
                command.name(),
                new CommandCall(from.client().principal(), session, from.listing(), command.argument()));
        AgentPayload ack = new AgentPayload(null, reply.session(), COMMAND, null, null);
        return new Method.Answer(ack, () -> finish(from, command.name(), reply));
    }

    private void finish(Connection from, String name, CommandReply reply) {
        from.outbox()
                .send(Outgoing.result(
                        "command_result",
                        new CommandResultPayload(name, from.shown(reply.text()), reply.data(), reply.session())));
        if (reply.listing() != null) {
            from.listed(reply.listing());
            from.watchSessions();
        }
        CommandReply.Entered entered = reply.entered();
        if (entered != null) {
            boolean mark = entered.headSeq() > 0;
            from.following().enter(entered.session(), new Following.From(null, entered.headSeq(), mark));
        }
        if (reply.changed() && reply.session() != null) {
            notices.changed(reply.session());
        }
    }
}
