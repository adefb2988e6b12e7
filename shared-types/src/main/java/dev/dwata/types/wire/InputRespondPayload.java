package dev.dwata.types.wire;

import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;

/// The answer was taken.
public record InputRespondPayload(InputId requestId, InputDecision decision) {}
