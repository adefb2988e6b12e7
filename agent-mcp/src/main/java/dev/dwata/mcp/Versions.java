package dev.dwata.mcp;

import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.List;

/// Revisions of the protocol, by their dates.
final class Versions {
    static final List<String> SPOKEN = List.of(
            ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_11_25);
    static final String WANTED = ProtocolVersions.MCP_2025_11_25;

    private Versions() {}
}
