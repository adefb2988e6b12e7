package dev.dwata.gateway.streams;

import java.util.Arrays;
import java.util.List;

/// A pattern of paths: `*` is one part between slashes, `**` any number of them, also none.
record Glob(List<String> parts) {
    private static final int MOST_PARTS = 32;

    Glob {
        parts = List.copyOf(parts);
    }

    /// @throws SubscriptionRefusal if it is too long
    static Glob of(String pattern) {
        List<String> parts = parts(pattern);
        if (parts.size() > MOST_PARTS || parts.stream().filter("**"::equals).count() > 2) {
            throw SubscriptionRefusal.invalid("pattern has at most " + MOST_PARTS + " parts, and ** twice");
        }
        return new Glob(parts);
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    boolean matches(String path) {
        return matches(0, parts(path), 0);
    }

    private boolean matches(int at, List<String> path, int from) {
        if (at == parts.size()) {
            return from == path.size();
        }
        if (parts.get(at).equals("**")) {
            for (int next = from; next <= path.size(); next++) {
                if (matches(at + 1, path, next)) {
                    return true;
                }
            }
            return false;
        }
        return from < path.size()
                && (parts.get(at).equals("*") || parts.get(at).equals(path.get(from)))
                && matches(at + 1, path, from + 1);
    }
}
