package dev.dwata.types;

import java.util.List;

/// The colors in which participants of a session are shown: agents in violet, people in any other.
public enum PresenceColors {
    AGENTS("#8b5cf6", "#a855f7", "#7c3aed", "#6366f1", "#818cf8"),
    CLIENTS("#0ea5e9", "#10b981", "#f59e0b", "#ef4444", "#14b8a6", "#84cc16", "#f97316", "#64748b");

    private final List<String> colors;

    PresenceColors(String... colors) {
        this.colors = List.of(colors);
    }

    public List<String> all() {
        return colors;
    }

    /// @param key the same color for the same one, always
    public String of(String key) {
        return colors.get(Math.floorMod(key.hashCode(), colors.size()));
    }
}
