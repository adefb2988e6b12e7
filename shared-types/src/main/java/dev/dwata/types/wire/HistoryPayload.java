package dev.dwata.types.wire;

import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import java.util.List;

/// Messages, oldest first.
///
/// @param hasMore whether there are older ones
public record HistoryPayload(List<MessageView> messages, boolean hasMore) {
    /// How much text a page holds, at most; a single message may be longer.
    private static final int MOST_CHARS = 1 << 20;

    /// The last of the messages, as many as one page holds.
    ///
    /// @param messages oldest first
    /// @param hasMore  whether there are ones older than these
    /// @param calls    tool calls of the session
    public static HistoryPayload of(List<StoredMessage> messages, boolean hasMore, List<ToolCallInfo> calls) {
        List<MessageView> views =
                messages.stream().map(message -> MessageView.of(message, calls)).toList();
        int fit = lastThatFit(views);
        return new HistoryPayload(views.subList(views.size() - fit, views.size()), hasMore || fit < views.size());
    }

    private static int lastThatFit(List<MessageView> messages) {
        int fit = 0;
        long chars = 0;
        for (MessageView message : messages.reversed()) {
            chars += message.content().length();
            if (chars > MOST_CHARS && fit > 0) {
                break;
            }
            fit++;
        }
        return fit;
    }
}
