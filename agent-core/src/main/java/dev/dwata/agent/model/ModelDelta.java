package dev.dwata.agent.model;

/// A piece of a reply while it is being said.
public sealed interface ModelDelta {
    /// More of the answer. Never empty.
    record Text(String text) implements ModelDelta {}

    /// More of the thinking before it. Never empty.
    record Reasoning(String text) implements ModelDelta {}
}
