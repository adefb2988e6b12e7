package dev.dwata.types.wire;

import dev.dwata.types.MessageId;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as people see it: users and assistants only.
///
/// @param seq       the entry of the session's log that completed it
/// @param partial   whether its run ended before it was complete
/// @param toolCalls the calls that the assistant made in this message
public record MessageView(
        MessageId id,
        Role role,
        String content,
        Instant timestamp,
        long seq,
        @Nullable RunId runId,
        @Nullable Boolean partial,
        @Nullable List<ToolCallView> toolCalls) {}
