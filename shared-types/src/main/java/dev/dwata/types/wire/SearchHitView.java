package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.time.Instant;

/// A session that was found.
///
/// @param snippet where it was found, with « » around the words; the latest message where only dates were asked for
public record SearchHitView(SessionId id, String title, String snippet, Instant lastActivity, long messageCount) {}
