package dev.dwata.agent.store;

import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;

/// The right to carry a run out. It ends with the next claim on the same run, whichever process makes it: what
/// is appended under it from then on is refused, so that a process which stood still and wakes up does no harm.
///
/// @param epoch counts the claims on the run
public record Claim(SessionId session, RunId run, long epoch) {}
