/// The gateway as a server of the Model Context Protocol: its agents and sessions, and chosen tools, for agents
/// that others have written.
@NullMarked
package dev.dwata.gateway.mcp;

import org.jspecify.annotations.NullMarked;
