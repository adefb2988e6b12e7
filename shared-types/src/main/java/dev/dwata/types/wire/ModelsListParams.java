package dev.dwata.types.wire;

/// Asks for the models. There is nothing to say.
public record ModelsListParams() {}
