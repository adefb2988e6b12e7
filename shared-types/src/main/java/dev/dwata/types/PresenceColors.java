package dev.dwata.types;

import java.util.List;

/// Colors in which participants of a session are shown.
///
/// @param all as `#rrggbb`, at least one
public record PresenceColors(List<String> all) {
    /// Agents are violet.
    public static final PresenceColors AGENTS =
            new PresenceColors(List.of("#8b5cf6", "#a855f7", "#7c3aed", "#6366f1", "#818cf8"));

    /// People have any other color.
    public static final PresenceColors CLIENTS = new PresenceColors(
            List.of("#0ea5e9", "#10b981", "#f59e0b", "#ef4444", "#14b8a6", "#84cc16", "#f97316", "#64748b"));

    public PresenceColors {
        all = List.copyOf(all);
    }

    /// @param key the same color for the same one, always
    public String of(String key) {
        return all.get(Math.floorMod(key.hashCode(), all.size()));
    }
}
