package dev.dwata.agent.context;

import dev.dwata.agent.tool.ToolSpec;
import java.util.HashSet;
import java.util.Set;

/// Ids of calls and names of tools that every provider takes.
final class Labels {
    private static final int LONGEST = 64;

    private final Set<String> taken = new HashSet<>();
    private int made;

    /// `wanted` where that is a legal id and not taken, else a new one; it is taken then.
    String id(String wanted) {
        if (isLegal(wanted, false) && wanted.length() <= LONGEST && taken.add(wanted)) {
            return wanted;
        }
        String id;
        do {
            id = "dwata_" + ++made;
        } while (!taken.add(id));
        return id;
    }

    /// `name` itself, or something like it, for models call tools what they like.
    static String toolName(String name) {
        if (isLegal(name, true) && ToolSpec.encode(name).length() <= LONGEST) {
            return name;
        }
        StringBuilder fit = new StringBuilder();
        for (int i = 0; i < name.length() && i < LONGEST / 2; i++) {
            char c = name.charAt(i);
            fit.append(isLegal(c, true) ? c : '_');
        }
        return fit.isEmpty() ? "unnamed" : fit.toString();
    }

    private static boolean isLegal(String label, boolean dotted) {
        for (int i = 0; i < label.length(); i++) {
            if (!isLegal(label.charAt(i), dotted)) {
                return false;
            }
        }
        return !label.isEmpty();
    }

    private static boolean isLegal(char c, boolean dotted) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || (dotted && c == '.');
    }
}
