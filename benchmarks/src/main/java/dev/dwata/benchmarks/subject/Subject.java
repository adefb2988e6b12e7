package dev.dwata.benchmarks.subject;

/// Something that carries out agent runs.
interface Subject {
    String PROMPT = "What is the weather in Ghent, and what does it mean for my plans to cycle there tomorrow?";
    String INSTRUCTIONS = "You are a helpful assistant. Use the tools where they help, and answer briefly.";
    String TOOL = "weather";
    String TOOL_DESCRIPTION = "The weather of a city, now";
    String MODEL = "bench";

    /// Carries out one run, on the calling thread or while it waits.
    void run(Seen seen) throws Exception;

    /// Called before a number of runs.
    default void open() throws Exception {}

    /// Called after them.
    default void close() {}
}
