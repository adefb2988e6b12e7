/// Servers that tell many clients of events, each a process, and the clients.
@NullMarked
package dev.dwata.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
