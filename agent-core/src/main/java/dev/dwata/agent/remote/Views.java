package dev.dwata.agent.remote;

import dev.dwata.types.Part;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.wire.MessageView;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.ToolCallView;
import java.util.ArrayList;
import java.util.List;

/// Reads what a gateway shows back into what a store would say.
final class Views {
    private Views() {}

    static SessionInfo info(SessionView view) {
        return new SessionInfo(
                view.id(),
                view.title(),
                view.status(),
                view.agentName(),
                view.model(),
                view.lastMessage(),
                view.createdAt(),
                view.lastActivity(),
                view.messageCount(),
                view.headSeq(),
                view.contextType(),
                view.itemId(),
                view.projectId(),
                null);
    }

    static StoredMessage message(SessionId session, MessageView view) {
        List<Part> parts = new ArrayList<>();
        if (!view.content().isEmpty()) {
            parts.add(new Part.Text(view.content()));
        }
        if (view.attachments() != null) {
            parts.addAll(view.attachments());
        }
        if (view.toolCalls() != null) {
            for (ToolCallView call : view.toolCalls()) {
                parts.add(new Part.ToolCall(call.toolCallId(), call.toolName(), call.arguments()));
            }
        }
        return new StoredMessage(
                view.id(),
                session,
                view.runId(),
                view.seq(),
                view.role(),
                parts,
                view.timestamp(),
                Boolean.TRUE.equals(view.partial()));
    }
}
