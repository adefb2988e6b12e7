package dev.dwata.agent.store;

import dev.dwata.types.SessionInfo;

/// A session that was found.
///
/// @param snippet some of the text that matched, with « » around the words; the title or latest message where
///                no words
///                were asked for
public record SessionHit(SessionInfo session, String snippet) {}
