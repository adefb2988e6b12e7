package dev.dwata.types.wire;

/// A session that was found.
///
/// @param snippet where it was found, with « » around the words; its title or latest message where only dates
///                were asked for
public record SearchHitView(SessionView session, String snippet) {}
