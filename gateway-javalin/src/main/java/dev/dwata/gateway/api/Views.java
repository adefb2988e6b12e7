package dev.dwata.gateway.api;

import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.wire.MessageView;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.ToolCallView;
import java.util.List;

/// Stored records as clients see them.
final class Views {
    private Views() {}

    static SessionView session(SessionInfo session, int clients) {
        return new SessionView(
                session.id(),
                session.title(),
                session.lastMessage(),
                session.lastActivity(),
                session.createdAt(),
                session.messageCount(),
                session.status(),
                session.agentName(),
                session.model(),
                session.contextType(),
                session.itemId(),
                session.projectId(),
                clients,
                session.headSeq());
    }

    static boolean hasToolCalls(StoredMessage message) {
        return message.role() == Role.ASSISTANT && message.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
    }

    /// @param calls tool calls of the session, of which those of this message are taken
    static MessageView message(StoredMessage message, List<ToolCallInfo> calls) {
        List<ToolCallView> own = calls.stream()
                .filter(call -> message.id().equals(call.messageId()))
                .map(Views::call)
                .toList();
        return new MessageView(
                message.id(),
                message.role(),
                message.message().text(),
                message.createdAt(),
                message.seq(),
                message.runId(),
                message.partial() ? Boolean.TRUE : null,
                own.isEmpty() ? null : own);
    }

    /// How many of the last messages have at most `chars` of text together; at least one.
    static int lastThatFit(List<MessageView> messages, int chars) {
        int fit = 0;
        long sum = 0;
        for (MessageView message : messages.reversed()) {
            sum += message.content().length();
            if (sum > chars && fit > 0) {
                break;
            }
            fit++;
        }
        return fit;
    }

    private static ToolCallView call(ToolCallInfo call) {
        return new ToolCallView(
                call.toolCallId(),
                call.toolName(),
                call.arguments(),
                call.result(),
                call.status(),
                call.executionTimeMs(),
                call.error());
    }
}
