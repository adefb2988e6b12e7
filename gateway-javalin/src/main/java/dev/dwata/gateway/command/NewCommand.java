package dev.dwata.gateway.command;

import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.wire.SessionsNewParams;
import dev.dwata.types.wire.SessionsNewPayload;

/// Begins a new session.
record NewCommand(SessionOperations sessions) implements Command {
    @Override
    public String name() {
        return "new";
    }

    @Override
    public String usage() {
        return "/new [title]";
    }

    @Override
    public String summary() {
        return "begin a new session and switch to it";
    }

    @Override
    public CommandReply run(CommandCall call) {
        SessionInfo session = sessions.create(
                call.caller(), new SessionsNewParams(call.argument(), null, null, null, null, null, null));
        return CommandReply.entering(
                        "New session: " + session.title(),
                        new CommandReply.Entered(session.id(), session.headSeq()),
                        new SessionsNewPayload(session.id(), session.title(), session.createdAt()))
                .withChange();
    }
}
