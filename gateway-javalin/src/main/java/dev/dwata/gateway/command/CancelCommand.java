package dev.dwata.gateway.command;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.Map;

/// Stops what runs in the session.
record CancelCommand(LocalRuntime runtime) implements Command {
    @Override
    public String name() {
        return "cancel";
    }

    @Override
    public String usage() {
        return "/cancel";
    }

    @Override
    public String summary() {
        return "stop what runs in this session";
    }

    @Override
    public CommandReply run(CommandCall call) {
        SessionId session = call.requireSession();
        RunId active = runtime.activity(session).activeRun();
        if (active == null) {
            throw new BadUse("Nothing runs in this session.");
        }
        runtime.as(call.caller()).cancel(active, "/cancel");
        return CommandReply.of("Cancelling " + active + ".", session, Map.of("runId", active));
    }
}
