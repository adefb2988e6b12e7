package dev.dwata.gateway.command;

import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.Sessions.Change;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.ModelOperations;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.ModelView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows the models, or sets the one of the session.
record ModelCommand(Store store, Models models, SessionOperations sessions, StatusOperations status)
        implements Command {
    /// @param model  what answers in the session; absent where the caller is in none
    /// @param models what may be chosen
    private record Choice(@Nullable String model, List<ModelView> models) {}

    @Override
    public String name() {
        return "model";
    }

    @Override
    public String usage() {
        return "/model [name]";
    }

    @Override
    public String summary() {
        return "show the models, or set the one of this session";
    }

    @Override
    public CommandReply run(CommandCall call) {
        return call.argument().isEmpty() ? show(call) : set(call, call.requireSession());
    }

    private CommandReply set(CommandCall call, SessionId session) {
        String chosen = models.choose(call.argument()).id();
        store.sessions().update(call.caller(), session, Change.model(chosen));
        return CommandReply.of("This session now uses " + chosen + ".", session, new Choice(chosen, views()))
                .withChange();
    }

    private CommandReply show(CommandCall call) {
        String current = call.session() == null ? null : status.model(sessions.find(call.caller(), call.session()));
        StringBuilder text = new StringBuilder();
        if (current != null) {
            text.append("This session uses ").append(current).append(".\n");
        }
        text.append("Models:");
        List<ModelView> views = views();
        for (ModelView model : views) {
            text.append("\n  ").append(model.id());
            if (model.missing() != null) {
                text.append(" (").append(model.missing()).append(')');
            }
        }
        return CommandReply.of(text.toString(), call.session(), new Choice(current, views));
    }

    private List<ModelView> views() {
        return new ModelOperations(models).views();
    }
}
