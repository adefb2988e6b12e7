/// The runtime of a gateway, reached over its WebSocket: the same interfaces as in this JVM.
@NullMarked
package dev.dwata.agent.remote;

import org.jspecify.annotations.NullMarked;
