/// MCP servers: their tools, for agents. The only place for the MCP SDK.
@NullMarked
package dev.dwata.mcp;

import org.jspecify.annotations.NullMarked;
