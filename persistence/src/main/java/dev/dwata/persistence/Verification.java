package dev.dwata.persistence;

import java.util.List;

/// What was found in a database.
///
/// @param problems each in one line; empty: it is whole. At most [#MOST_PROBLEMS]
/// @param more     problems beyond those
public record Verification(int schema, Counts counts, long openRuns, List<String> problems, long more) {
    public static final int MOST_PROBLEMS = 100;

    public Verification {
        problems = List.copyOf(problems);
    }

    public boolean isWhole() {
        return problems.isEmpty();
    }
}
