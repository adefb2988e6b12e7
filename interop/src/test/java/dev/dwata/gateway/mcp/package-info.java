/// The profile that MCP's conformance suite asks a server for: its own tools, resources and prompts.
@NullMarked
package dev.dwata.gateway.mcp;

import org.jspecify.annotations.NullMarked;
