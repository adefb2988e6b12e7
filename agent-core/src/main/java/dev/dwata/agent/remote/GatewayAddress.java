package dev.dwata.agent.remote;

import dev.dwata.types.ClientType;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Which gateway to use, and as whom.
///
/// @param url        `ws://host:port/ws`, or `http://host:port`
/// @param clientId   what this client calls itself across connections; absent: it has no name
/// @param clientName for people
/// @param token      the bearer token; absent where the gateway asks for none
public record GatewayAddress(
        URI url,
        ClientType clientType,
        @Nullable String clientId,
        @Nullable String clientName,
        @Nullable String token) {

    /// @throws IllegalArgumentException if `url` is not one of a gateway
    public static GatewayAddress of(String url, ClientType clientType) {
        URI uri = URI.create(url.strip());
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.matches("https?|wss?") || uri.getHost() == null) {
            throw new IllegalArgumentException("a gateway's URL looks like http://127.0.0.1:3336, not '" + url + "'");
        }
        return new GatewayAddress(uri, clientType, null, null, null);
    }

    public GatewayAddress named(@Nullable String clientId, @Nullable String clientName) {
        return new GatewayAddress(url, clientType, clientId, clientName, token);
    }

    /// @param token the bearer token; absent where the gateway asks for none
    public GatewayAddress withToken(@Nullable String token) {
        return new GatewayAddress(url, clientType, clientId, clientName, token);
    }

    /// The address of a route, as HTTP.
    ///
    /// @param path from the root
    String httpUrl(String path) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme().replace("ws", "http") + "://" + url.getHost() + port + path;
    }

    /// The address as HTTP, which is how a WebSocket is asked for.
    String upgradeUrl() {
        String scheme = url.getScheme().replace("ws", "http");
        String path = url.getPath() == null || url.getPath().length() < 2 ? "/ws" : url.getPath();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return scheme + "://" + url.getHost() + port + path;
    }
}
