package dev.dwata.persistence;

import dev.dwata.agent.store.SearchWords;
import dev.dwata.types.Principal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds by words, in the full-text indexes of the schema.
final class Search {
    /// Only so many of the newest messages, and of the newest titles, that match are looked at: a word that is
    /// in every message must not cost more than the others.
    private static final int NEWEST = 1000;

    /// The index knows the beginnings of words up to this length; for longer ones it goes through all that
    /// follow.
    private static final int LONGEST_INDEXED_BEGINNING = 3;

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

    private static final String COUNT_NEWEST =
            "SELECT count(*) FROM (SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT "
                    + NEWEST + ")";

    private Search() {}

    /// What to bind to `:words`. Every word is in quotes, so nothing in it is read as syntax.
    ///
    /// @param words at least one
    static String expression(Handle handle, Principal owner, SearchWords words) {
        List<String> written = words.written();
        String last = written.get(written.size() - 1);
        boolean beginning = words.lastMayBeBeginning()
                && (last.codePointCount(0, last.length()) <= LONGEST_INDEXED_BEGINNING
                        || !isCommon(handle, owner, last));
        return expression(owner, written) + (beginning ? " *)" : ")");
    }

    /// Whether the word alone is in more messages than are looked at: then it is meant as it is, and going
    /// through all that begins with it would take long.
    private static boolean isCommon(Handle handle, Principal owner, String word) {
        int found = handle.createQuery(COUNT_NEWEST)
                .bind(0, expression(owner, List.of(word)) + ")")
                .map((row, context) -> row.getInt(1))
                .one();
        return found == NEWEST;
    }

    /// The same for facts, of which an owner has so few that nothing needs to be left out.
    static String factExpression(Principal owner, SearchWords words) {
        return expression(owner, "{key value}", words.written()) + (words.lastMayBeBeginning() ? " *)" : ")");
    }

    /// The same for items.
    static String itemExpression(Principal owner, SearchWords words) {
        return expression(owner, "{title content}", words.written()) + (words.lastMayBeBeginning() ? " *)" : ")");
    }

    private static String expression(Principal owner, List<String> words) {
        return expression(owner, "words", words);
    }

    /// Still open.
    private static String expression(Principal owner, String columns, List<String> words) {
        String hex = HexFormat.of().formatHex(owner.id().getBytes(StandardCharsets.UTF_8));
        return "owner : \"o" + hex + "\" AND " + columns + " : (\"" + String.join("\" AND \"", words) + "\"";
    }

    /// Whether a query asks for words but has none, so that nothing matches.
    static boolean isHopeless(@Nullable SearchWords words) {
        return words != null && words.written().isEmpty();
    }
}
