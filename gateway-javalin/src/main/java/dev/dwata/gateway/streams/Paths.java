package dev.dwata.gateway.streams;

import dev.dwata.agent.store.Streams;
import dev.dwata.gateway.http.Asked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Names of streams in addresses.
final class Paths {
    private Paths() {}

    /// @param path as it stands in an address
    static String decoded(String path) {
        try {
            return checked(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Asked.invalid("the path of a stream is not encoded as an address is");
        }
    }

    /// @param path decoded
    static String checked(String path) {
        if (path.isEmpty() || path.length() > Streams.LONGEST_PATH) {
            throw Asked.invalid("the path of a stream has 1 to " + Streams.LONGEST_PATH + " characters");
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw Asked.invalid("the path of a stream has no control characters");
        }
        return path;
    }
}
