package dev.dwata.persistence;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.SearchWords;
import dev.dwata.types.Item;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.Principal;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Finds items of an owner.
///
/// @param words of the query; absent where it has none
record ItemSearch(
        Principal owner, ItemQuery query, @Nullable SearchWords words) {

    private String where() {
        return " WHERE i.owner = :owner"
                + (query.kind() == null ? "" : " AND i.kind = :kind")
                + (query.projectId() == null ? "" : " AND i.project_id = :project");
    }

    private static final String WITH_WORDS =
            " AND i.id IN (SELECT rowid FROM item_words WHERE item_words MATCH :words)";

    private Query ask(Handle handle, String sql) {
        Query ask = handle.createQuery(sql).bind("owner", owner.id());
        if (query.kind() != null) {
            ask.bind("kind", query.kind().name());
        }
        if (query.projectId() != null) {
            ask.bind("project", query.projectId());
        }
        if (words != null) {
            ask.bind("words", Search.itemExpression(owner, words));
        }
        return ask;
    }

    List<ItemInfo> latest(Handle handle) {
        String sql = "SELECT " + ItemRows.INFO + " FROM items i" + where() + (words == null ? "" : WITH_WORDS)
                + " ORDER BY i.changed DESC LIMIT :limit OFFSET :offset";
        return ask(handle, sql)
                .bind("limit", query.limit())
                .bind("offset", query.offset())
                .map((row, context) -> ItemRows.info(row))
                .list();
    }

    long count(Handle handle) {
        return ask(handle, "SELECT count(*) FROM items i" + where() + (words == null ? "" : WITH_WORDS))
                .map((row, context) -> row.getLong(1))
                .one();
    }

    /// Contents are read only of what is within the limit. There must be words.
    List<Items.Hit> best(Handle handle) {
        String sql = "SELECT i.content, " + ItemRows.INFO + " FROM (SELECT i.id, bm25(item_words, 0, 8, 1) AS worth"
                + " FROM item_words JOIN items i ON i.id = item_words.rowid" + where()
                + " AND item_words MATCH :words ORDER BY worth, i.id DESC LIMIT :limit OFFSET :offset) AS best"
                + " JOIN items i ON i.id = best.id ORDER BY best.worth, best.id DESC";
        return ask(handle, sql)
                .bind("limit", query.limit())
                .bind("offset", query.offset())
                .map((row, context) -> hit(ItemRows.item(row)))
                .list();
    }

    private Items.Hit hit(Item item) {
        String text = ItemDraft.words(item.content());
        return new Items.Hit(item.info(), words == null ? "" : words.snippet(text));
    }
}
