package dev.dwata.gateway;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How a gateway is reached.
///
/// @param names    what clients call its host, besides what it listens on: names, or addresses
/// @param tls      with the certificate that it shows; absent where it speaks without encryption
/// @param insecure whether other machines may speak to it without encryption
public record Exposure(List<String> names, @Nullable SSLContext tls, boolean insecure) {
    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\]";

    /// By this machine only, without encryption.
    public static final Exposure NONE = new Exposure(List.of(), null, false);

    /// @throws IllegalArgumentException if a name is none
    public Exposure {
        names = List.copyOf(names);
        for (String name : names) {
            if (!name.matches(NAME)) {
                throw new IllegalArgumentException(
                        "a host name is a name or an address, without a port, such as build.example.com, 10.0.0.7 or"
                                + " [fd00::7], not '" + name + "'");
            }
        }
    }
}
