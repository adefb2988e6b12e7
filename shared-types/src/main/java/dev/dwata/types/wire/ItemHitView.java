package dev.dwata.types.wire;

/// An item that was found.
///
/// @param snippet some of its text, with « » around the words
public record ItemHitView(ItemView item, String snippet) {}
