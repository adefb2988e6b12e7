package dev.dwata.types.wire;

import dev.dwata.types.ToolCallInfo;
import java.util.List;

/// Tool calls of a session in the order they were made.
///
/// @param total how many there are, shown or not
public record ToolCallsListPayload(List<ToolCallInfo> toolCalls, long total) {}
