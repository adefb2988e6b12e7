/// The port to whoever wants to know what runs do, and how long they take: traces, metrics, profilers.
@NullMarked
package dev.dwata.agent.observe;

import org.jspecify.annotations.NullMarked;
