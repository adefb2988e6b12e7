package dev.dwata.types.wire;

import dev.dwata.types.ErrorPayload;
import dev.dwata.types.MessageId;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import org.jspecify.annotations.Nullable;

/// How a run ended.
///
/// @param status     `completed`, `failed`, `cancelled`
/// @param seq        the entry of the message that it answers
/// @param messageId  the stored message that holds the answer; this and the next four are present when
///                   `completed`
/// @param error      present when `failed`
/// @param reason     present when `cancelled`
public record AnswerPayload(
        RunId runId,
        SessionId sessionId,
        String status,
        long seq,
        @Nullable MessageId messageId,
        @Nullable String content,
        @Nullable TokenUsage usage,
        @Nullable StopReason stopReason,
        @Nullable Integer turns,
        @Nullable ErrorPayload error,
        @Nullable String reason) {}
