package dev.dwata.gateway.command;

import dev.dwata.agent.store.SessionQuery;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.types.Role;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.HistoryPayload;
import dev.dwata.types.wire.MessageView;
import java.util.List;

/// Shows the latest messages.
record HistoryCommand(SessionOperations sessions) implements Command {
    @Override
    public String name() {
        return "history";
    }

    @Override
    public String usage() {
        return "/history [n]";
    }

    @Override
    public String summary() {
        return "show the latest messages of this session, " + SessionOperations.HISTORY + " unless said";
    }

    @Override
    public CommandReply run(CommandCall call) {
        int count = call.argument().isEmpty()
                ? SessionOperations.HISTORY
                : call.number("How many messages", SessionQuery.MAX_LIMIT);
        SessionId session = call.requireSession();
        HistoryPayload history = sessions.history(call.caller(), session, count, null);
        return CommandReply.of(text(history.messages()), session, history);
    }

    private static String text(List<MessageView> messages) {
        if (messages.isEmpty()) {
            return "There are no messages in this session yet.";
        }
        StringBuilder text = new StringBuilder(messages.size() == 1 ? "The last message:" : "The last ")
                .append(messages.size() == 1 ? "" : messages.size() + " messages:");
        for (MessageView message : messages) {
            text.append('\n').append(message.role() == Role.USER ? "You: " : "Assistant: ");
            text.append(message.content().isEmpty() ? "(tool calls)" : message.content());
        }
        return text.toString();
    }
}
