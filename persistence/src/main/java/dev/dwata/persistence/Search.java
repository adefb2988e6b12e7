package dev.dwata.persistence;

import dev.dwata.agent.store.SearchWords;
import dev.dwata.types.Principal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds by words, in the full-text indexes of the schema.
final class Search {
    /// Only so many of the newest messages, and of the newest titles, that match are looked at: a word that is
    /// in every message must not cost more than the others.
    private static final int NEWEST = 2000;

    /// Sessions that match `:words`: `session` is its key, `message` the newest message that matches, absent
    /// where only the title does.
    static final String MATCHES = """
            WITH matches (session, message) AS (
              SELECT session, max(message) FROM (
                SELECT m.session_id AS session, m.id AS message
                FROM (SELECT rowid AS id FROM message_words WHERE message_words MATCH :words
                      ORDER BY rowid DESC LIMIT %1$d) AS newest
                JOIN agent_messages m ON m.id = newest.id
                UNION ALL
                SELECT session, NULL FROM (SELECT rowid AS session FROM title_words WHERE title_words MATCH :words
                                           ORDER BY rowid DESC LIMIT %1$d))
              GROUP BY session)
            """.formatted(NEWEST);

    private Search() {}

    /// What to bind to `:words`. Every word is in quotes, so nothing in it is read as syntax.
    ///
    /// @param words at least one
    static String expression(Principal owner, List<String> words) {
        String hex = HexFormat.of().formatHex(owner.id().getBytes(StandardCharsets.UTF_8));
        return "owner : \"o" + hex + "\" AND words : (\"" + String.join("\" AND \"", words) + "\" *)";
    }

    /// Whether a query asks for words but has none, so that nothing matches.
    static boolean isHopeless(@Nullable SearchWords words) {
        return words != null && words.written().isEmpty();
    }
}
