package dev.dwata.mcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a server may be. The operator has written the address, so a private one is meant; but none is meant to
/// be where clouds give out credentials, and one that was public does not become private by its name.
final class Hosts {
    private static final Set<String> METADATA = Set.of("100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

    private final URI url;
    private final Lookup lookup;
    private volatile @Nullable Boolean wasPublic;

    Hosts(URI url, Lookup lookup) {
        this.url = url;
        this.lookup = lookup;
    }

    /// Finds the addresses of a name, as [InetAddress#getAllByName] does.
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /// To be asked before each request.
    ///
    /// @throws IOException if the request must not be sent there
    void check(URI target) throws IOException {
        if (!isSameOrigin(target)) {
            throw new IOException("it would have been sent to " + target.getRawAuthority() + " instead");
        }
        List<InetAddress> addresses = Arrays.asList(lookup.addresses(host(target)));
        for (InetAddress address : addresses) {
            if (address.isLinkLocalAddress()
                    || address.isAnyLocalAddress()
                    || address.isMulticastAddress()
                    || METADATA.contains(address.getHostAddress())) {
                throw new IOException(
                        target.getHost() + " is at " + address.getHostAddress() + ", where no server is meant to be");
            }
        }
        boolean isPublic = addresses.stream().noneMatch(Hosts::isPrivate);
        Boolean before = wasPublic;
        if (before != null && before && !isPublic) {
            throw new IOException(target.getHost() + " was a public address and has become a private one");
        }
        wasPublic = isPublic;
    }

    private boolean isSameOrigin(URI target) {
        return url.getScheme().equalsIgnoreCase(target.getScheme())
                && url.getHost().equalsIgnoreCase(String.valueOf(target.getHost()))
                && url.getPort() == target.getPort();
    }

    private static String host(URI target) {
        String host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean carrier = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal || carrier;
    }
}
