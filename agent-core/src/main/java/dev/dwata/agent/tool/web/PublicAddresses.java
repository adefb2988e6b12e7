package dev.dwata.agent.tool.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Tells addresses of the public Internet from all others: this machine, private and shared networks, cloud
/// metadata, multicast, what is reserved, and IPv6 forms that stand for such an IPv4 address (registries of
/// IANA for special-purpose addresses, as of November 2026).
final class PublicAddresses {
    private static final String[] RESERVED = {
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    };

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return isPublic6(bytes);
        }
        for (String range : RESERVED) {
            if (isIn(bytes, range)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPublic6(byte[] bytes) {
        if ((bytes[0] & 0xE0) != 0x20) { // what is given out is 2000::/3; NAT64 is not
            return false;
        }
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean special = bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xFE) == 0; // 2001::/23: Teredo and such
        boolean documentation = (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && (bytes[3] & 0xFF) == 0xB8)
                || ((bytes[0] & 0xFF) == 0x3F && (bytes[1] & 0xFF) == 0xFF);
        return !sixToFour && !special && !documentation;
    }

    private static boolean isIn(byte[] address, String range) {
        int slash = range.indexOf('/');
        byte[] network = bytes(range.substring(0, slash));
        int bits = Integer.parseInt(range.substring(slash + 1));
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int mask = 0xFF << (8 - bits % 8) & 0xFF;
        return bits % 8 == 0 || (address[whole] & mask) == (network[whole] & mask);
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
