package dev.dwata.gateway;

import dev.dwata.gateway.GatewayStartException.Reason;
import dev.dwata.gateway.auth.Callers;
import dev.dwata.gateway.http.WebServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where a gateway listens, once it is clear that it may.
///
/// @param name what it is called in its URL
record Listening(InetAddress address, String name, Exposure exposure) {

    /// @throws GatewayStartException if others than those of this machine could reach it, and it does not ask
    ///                               who they are, or does not encrypt
    static Listening of(GatewayConfig config) {
        InetAddress address = address(config.host());
        Exposure exposure = config.exposure();
        if (!address.isLoopbackAddress()) {
            if (config.callers().equals(Callers.ANYBODY)) {
                throw refused(config.host(), "so it must ask for tokens: --auth token");
            }
            if (exposure.tls() == null && !exposure.insecure()) {
                throw refused(
                        config.host(),
                        "so it must encrypt: --tls-cert and --tls-key, or --insecure-remote where something else does");
            }
        }
        List<String> names = exposure.names();
        String host = address.isAnyLocalAddress() ? GatewayConfig.HOST : bracketed(config.host());
        return new Listening(address, names.isEmpty() ? host : names.getFirst(), exposure);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new GatewayStartException(Reason.CONFIGURATION, "host '" + host + "' is not known", e);
        }
    }

    private static GatewayStartException refused(String host, String why) {
        return new GatewayStartException(
                Reason.CONFIGURATION,
                "host '" + host + "' is not a loopback address: other machines can reach the gateway, " + why,
                null);
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    WebServer.Settings settings(GatewayConfig config) {
        Set<String> names = new HashSet<>(exposure.names());
        if (!address.isAnyLocalAddress()) {
            names.add(bracketed(config.host()));
        }
        return new WebServer.Settings(
                address,
                config.port(),
                names,
                exposure.tls(),
                config.limits().connectWithin(),
                config.http(),
                config.cors());
    }

    boolean isExposed() {
        return !address.isLoopbackAddress();
    }

    /// For example `http://127.0.0.1:3336`.
    String url(int port) {
        return (exposure.tls() == null ? "http://" : "https://") + name + ":" + port;
    }
}
