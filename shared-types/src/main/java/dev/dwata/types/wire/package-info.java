/// Protocol version 1: the frames that travel over `/ws`, and the params and payload of every method and of
/// every event that is not part of a session's log. The events of the log are [dev.dwata.types.AgentEvent]s.
@NullMarked
package dev.dwata.types.wire;

import org.jspecify.annotations.NullMarked;
