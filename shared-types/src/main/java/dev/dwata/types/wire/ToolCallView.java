package dev.dwata.types.wire;

import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.ToolCallStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A tool call as people see it.
public record ToolCallView(
        String toolCallId,
        String toolName,
        JsonNode arguments,
        @Nullable JsonNode result,
        ToolCallStatus status,
        @Nullable Long executionTimeMs,
        @Nullable String error) {

    public static ToolCallView of(ToolCallInfo call) {
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
