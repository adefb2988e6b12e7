package dev.dwata.agent.model;

/// What a model can do besides reading and writing text.
public enum Ability {
    TOOLS,
    IMAGES,
    /// PDF documents.
    DOCUMENTS,
    REASONING,
    /// Replies that follow a JSON Schema.
    STRUCTURED_OUTPUT
}
