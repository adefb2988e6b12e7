package dev.dwata.types.wire;

import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import java.util.List;

/// What a reader of a log may begin with instead of the entries: the conversation as it is.
///
/// @param headSeq  the latest entry that it takes in
/// @param messages the latest ones, oldest first
public record SnapshotView(long headSeq, List<MessageView> messages) {

    /// @param calls tool calls of the session
    public static SnapshotView of(long headSeq, List<StoredMessage> messages, List<ToolCallInfo> calls) {
        return new SnapshotView(
                headSeq, HistoryPayload.of(messages, false, calls).messages());
    }
}
