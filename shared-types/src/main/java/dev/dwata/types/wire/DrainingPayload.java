package dev.dwata.types.wire;

import java.time.Instant;

/// The gateway is about to end, at `deadline` at the latest: it takes no more messages. What is under way then
/// goes on with the next gateway.
public record DrainingPayload(Instant deadline) {}
