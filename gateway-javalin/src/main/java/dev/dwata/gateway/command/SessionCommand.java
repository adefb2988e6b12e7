package dev.dwata.gateway.command;

import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.SessionView;

/// Switches to a session of the last list, or to any by its id.
record SessionCommand(SessionOperations sessions) implements Command {
    private static final int UUID_LENGTH = 36;

    @Override
    public String name() {
        return "session";
    }

    @Override
    public String usage() {
        return "/session <number|id>";
    }

    @Override
    public String summary() {
        return "switch to a session of the last /sessions, or to one by its id";
    }

    @Override
    public CommandReply run(CommandCall call) {
        if (call.argument().isEmpty()) {
            throw new BadUse("Which one? Write /session <number> after /sessions, or /session <id>.");
        }
        SessionView session = sessions.view(call.caller(), wanted(call));
        return CommandReply.entering(
                "Switched to: " + session.title(), new CommandReply.Entered(session.id(), session.headSeq()), session);
    }

    private static SessionId wanted(CommandCall call) {
        if (call.argument().length() == UUID_LENGTH) {
            try {
                return new SessionId(call.argument());
            } catch (IllegalArgumentException e) {
                throw new BadUse("'" + call.argument() + "' is not the id of a session.");
            }
        }
        if (call.listing().isEmpty()) {
            throw new BadUse("Send /sessions first: the number is that of a line of its list.");
        }
        return call.listing().get(call.number("The session", call.listing().size()) - 1);
    }
}
