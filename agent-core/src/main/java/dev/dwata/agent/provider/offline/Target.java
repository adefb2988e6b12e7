package dev.dwata.agent.provider.offline;

/// A file that somebody means.
sealed interface Target {
    record Named(String path) implements Target {}

    /// The one that was spoken of last.
    record It() implements Target {}

    /// One of those that were found or listed last.
    ///
    /// @param position 1 for the first, -1 for the last
    record Nth(int position) implements Target {}

    /// All of those that were found or listed last.
    record All() implements Target {}
}
