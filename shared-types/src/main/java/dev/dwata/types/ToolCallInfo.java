package dev.dwata.types;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A tool call as the store keeps it.
///
/// @param toolCallId      the provider's id, unique within the run
/// @param messageId       the assistant's message that asked for it
/// @param result          what the model was told; absent while it runs
/// @param error           one sentence; absent unless it failed
/// @param executionTimeMs absent while it runs
public record ToolCallInfo(
        String toolCallId,
        RunId runId,
        @Nullable MessageId messageId,
        String toolName,
        JsonNode arguments,
        @Nullable JsonNode result,
        ToolCallStatus status,
        Instant createdAt,
        @Nullable Instant completedAt,
        @Nullable Long executionTimeMs,
        @Nullable String error) {

    public ToolCallInfo withStatus(ToolCallStatus other) {
        return new ToolCallInfo(
                toolCallId,
                runId,
                messageId,
                toolName,
                arguments,
                result,
                other,
                createdAt,
                completedAt,
                executionTimeMs,
                error);
    }

    public ToolCallInfo withArguments(JsonNode others) {
        return new ToolCallInfo(
                toolCallId,
                runId,
                messageId,
                toolName,
                others,
                result,
                status,
                createdAt,
                completedAt,
                executionTimeMs,
                error);
    }
}
