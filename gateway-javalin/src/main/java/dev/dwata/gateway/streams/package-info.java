/// Durable streams over HTTP at `/v1/stream`: those that clients write, and the logs of sessions to read.
@NullMarked
package dev.dwata.gateway.streams;

import org.jspecify.annotations.NullMarked;
