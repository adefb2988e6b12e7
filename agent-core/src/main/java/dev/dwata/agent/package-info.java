/// The agent runtime: sessions, runs, the loop. [dev.dwata.agent.AgentRuntime] is where to start.
@NullMarked
package dev.dwata.agent;

import org.jspecify.annotations.NullMarked;
