package dev.dwata.agent.remote;

import dev.dwata.agent.store.NewSession;
import dev.dwata.types.InputId;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Part;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.wire.InputRespondParams;
import dev.dwata.types.wire.MessageView;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.SessionsNewParams;
import dev.dwata.types.wire.ToolCallView;
import java.util.ArrayList;
import java.util.List;

/// Reads what a gateway shows back into what a store would say.
final class Views {
    private Views() {}

    static SessionsNewParams params(NewSession wanted) {
        return new SessionsNewParams(
                wanted.title(),
                wanted.agentName(),
                wanted.model(),
                wanted.contextType(),
                wanted.itemId(),
                wanted.projectId(),
                wanted.config());
    }

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

    static InputRespondParams params(InputId id, InputResponse response) {
        return switch (response) {
            case InputResponse.Approve it ->
                it.arguments() == null
                        ? new InputRespondParams(id, "approve", null, null, null, null, null, null)
                        : new InputRespondParams(id, "edit", it.arguments(), null, null, null, null, null);
            case InputResponse.Always it ->
                new InputRespondParams(id, "always", null, null, null, null, null, it.scope());
            case InputResponse.Reject it ->
                new InputRespondParams(id, "reject", null, null, null, null, it.reason(), null);
            case InputResponse.Answer it ->
                new InputRespondParams(id, null, null, it.answers(), null, null, null, null);
            case InputResponse.Result it -> new InputRespondParams(id, null, null, null, it.result(), null, null, null);
            case InputResponse.Failed it -> new InputRespondParams(id, null, null, null, null, it.error(), null, null);
        };
    }
}
