package dev.dwata.mcp;

import java.util.Locale;
import java.util.Set;

/// What tools of servers are called here: `<server>.<tool>`, of `a-z 0-9 _` only.
final class ToolNames {
    private static final int LONGEST = 60;
    private static final int DIGEST = 8;

    private ToolNames() {}

    /// The first part of the names of a server's tools; empty where nothing of `server` can be in a name.
    static String group(String server) {
        return part(server);
    }

    /// The same, so that it is not the group of other tools.
    static String group(String server, Set<String> taken) {
        String group = part(server);
        return taken.contains(group) ? "mcp_" + group : group;
    }

    /// @return empty where nothing of `tool` can be in a name
    static String of(String group, String tool) {
        String part = part(tool);
        if (part.isEmpty()) {
            return "";
        }
        String name = group + "." + part;
        if (name.length() <= LONGEST) {
            return name;
        }
        return name.substring(0, LONGEST - DIGEST - 1).replaceAll("_+$", "") + "_"
                + Digests.sha256(tool).substring(0, DIGEST);
    }

    private static String part(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }
}
