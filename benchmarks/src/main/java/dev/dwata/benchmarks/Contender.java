package dev.dwata.benchmarks;

/// Something that is measured in turn with others.
///
/// @param name what the table calls it
/// @param unit of what it does
record Contender(String name, String unit, Work work) {

    /// Does it, once.
    @FunctionalInterface
    interface Work {
        /// @return how many units it has done
        long run() throws Exception;
    }
}
