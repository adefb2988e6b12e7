package dev.dwata.gateway;

import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.gateway.auth.Callers;
import dev.dwata.gateway.http.Cors;
import dev.dwata.gateway.http.HttpLimits;
import dev.dwata.gateway.mcp.McpOffer;
import dev.dwata.gateway.streams.StreamSettings;
import dev.dwata.gateway.ws.WsLimits;
import org.jspecify.annotations.Nullable;

/// How a gateway is to be set up.
///
/// @param host    the address to listen on; default [#HOST]
/// @param port    0 for a free one; default [#PORT]
/// @param version of dwata, told to clients
/// @param limits  what clients may do
/// @param http    what those may do who ask over HTTP
/// @param callers who is let in
/// @param streams how the door to streams behaves
/// @param workspace the folder that tools work in, whose files are shown; absent: none are
/// @param cors    which pages of other origins may use that door
/// @param exposure how it is reached
/// @param mcp     what agents that others have written are offered
public record GatewayConfig(
        String host,
        int port,
        String version,
        WsLimits limits,
        HttpLimits http,
        Callers callers,
        StreamSettings streams,
        Cors cors,
        Exposure exposure,
        McpOffer mcp,
        @Nullable Workspace workspace) {
    public static final String HOST = "127.0.0.1";
    public static final int PORT = 3336;

    public GatewayConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
    }

    public static GatewayConfig of(String version) {
        return new GatewayConfig(
                HOST,
                PORT,
                version,
                WsLimits.DEFAULT,
                HttpLimits.DEFAULT,
                Callers.ANYBODY,
                StreamSettings.DEFAULT,
                Cors.NONE,
                Exposure.NONE,
                McpOffer.NONE,
                null);
    }

    public GatewayConfig withHost(String host) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withPort(int port) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withHttp(HttpLimits http) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withCallers(Callers callers) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withStreams(StreamSettings streams, Cors cors) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withMcp(McpOffer mcp) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withLimits(WsLimits limits) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withExposure(Exposure exposure) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }

    public GatewayConfig withWorkspace(@Nullable Workspace workspace) {
        return new GatewayConfig(host, port, version, limits, http, callers, streams, cors, exposure, mcp, workspace);
    }
}
