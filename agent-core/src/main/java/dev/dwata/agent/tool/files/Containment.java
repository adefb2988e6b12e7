package dev.dwata.agent.tool.files;

/// How well a [Workspace] keeps its tools inside.
public enum Containment {
    /// Every name is looked up in a folder that is open, links are not followed by the system: whatever another
    /// process puts in the way meanwhile, nothing outside is reached.
    HANDLE_WALK("kernel handle walk"),
    /// Paths are looked at and then used: another process that can write to the workspace could put a link
    /// in the way between the two.
    BEST_EFFORT("best-effort");

    private final String words;

    Containment(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
