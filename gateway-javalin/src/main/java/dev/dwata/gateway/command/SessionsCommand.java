package dev.dwata.gateway.command;

import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.SessionsListParams;
import dev.dwata.types.wire.SessionsListPayload;
import java.time.Clock;
import java.util.List;

/// Lists the latest sessions, numbered for `/session`.
record SessionsCommand(SessionOperations sessions, Clock clock) implements Command {
    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public String usage() {
        return "/sessions";
    }

    @Override
    public String summary() {
        return "list the latest sessions";
    }

    @Override
    public CommandReply run(CommandCall call) {
        SessionsListPayload page =
                sessions.list(call.caller(), new SessionsListParams(null, null, null, null, null, null, null));
        List<SessionView> lines = page.sessions();
        return CommandReply.listing(
                text(lines, page.total()), lines.stream().map(SessionView::id).toList(), page);
    }

    private String text(List<SessionView> lines, long total) {
        if (lines.isEmpty()) {
            return "There are no sessions yet. Send a message to begin one.";
        }
        StringBuilder text = new StringBuilder("Recent sessions:\n");
        for (int i = 0; i < lines.size(); i++) {
            SessionView line = lines.get(i);
            text.append("  %d. [%s] %s\n".formatted(i + 1, Ago.of(line.lastActivity(), clock), line.title()));
        }
        if (total > lines.size()) {
            text.append("  and ").append(total - lines.size()).append(" more\n");
        }
        return text.append("\nReply with /session <number> to switch.").toString();
    }
}
