package dev.dwata.types.wire;

import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as people see it: users and assistants only.
///
/// @param seq       the entry of the session's log that completed it
/// @param partial   whether its run ended before it was complete
/// @param toolCalls the calls that the assistant made in this message
/// @param attachments images and files that go with the text; absent where there are none
public record MessageView(
        MessageId id,
        Role role,
        String content,
        Instant timestamp,
        long seq,
        @Nullable RunId runId,
        @Nullable Boolean partial,
        @Nullable List<ToolCallView> toolCalls,
        @Nullable List<Part> attachments) {

    /// Whether tool calls belong to it.
    public static boolean hasToolCalls(StoredMessage message) {
        return message.role() == Role.ASSISTANT && message.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
    }

    /// @param calls tool calls of the session, of which those of this message are taken
    public static MessageView of(StoredMessage message, List<ToolCallInfo> calls) {
        List<ToolCallView> own = calls.stream()
                .filter(call -> message.id().equals(call.messageId()))
                .map(ToolCallView::of)
                .toList();
        List<Part> attached = message.parts().stream()
                .filter(part -> part instanceof Part.Image || part instanceof Part.File)
                .toList();
        return new MessageView(
                message.id(),
                message.role(),
                message.message().text(),
                message.createdAt(),
                message.seq(),
                message.runId(),
                message.partial() ? Boolean.TRUE : null,
                own.isEmpty() ? null : own,
                attached.isEmpty() ? null : attached);
    }
}
