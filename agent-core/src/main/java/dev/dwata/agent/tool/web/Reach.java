package dev.dwata.agent.tool.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.HttpUrl;

/// What a fetch may reach.
interface Reach {

    /// @throws WebRefused if the address is not to be asked for
    void check(HttpUrl url) throws WebRefused;

    /// @throws WebRefused if nothing is to be connected to there
    void check(InetAddress address) throws WebRefused;

    /// The addresses of a host.
    default List<InetAddress> resolve(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    /// HTTPS on its usual port, at public addresses.
    static Reach publicWeb() {
        return new Reach() {
            @Override
            public void check(HttpUrl url) throws WebRefused {
                if (!url.isHttps() || url.port() != 443) {
                    throw new WebRefused("only https addresses on port 443 can be fetched, not '" + shown(url) + "'");
                }
            }

            @Override
            public void check(InetAddress address) throws WebRefused {
                if (!PublicAddresses.contain(address)) {
                    throw new WebRefused(
                            "the address leads to a private or reserved network, which is not fetched from");
                }
            }
        };
    }

    private static String shown(HttpUrl url) {
        return url.scheme() + "://" + url.host() + ":" + url.port();
    }
}
