package dev.dwata.persistence;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.Reference;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads and writes the rows of items.
record ItemRows(Handle handle) {
    static final String INFO = """
            i.public_id, i.kind, i.title, i.project_id, i.version, i.created_at, i.updated_at, i.updated_by""";

    private static final String FOUND = "SELECT i.id, i.content, i.change_key, " + INFO + " FROM items i WHERE ";

    /// An item, with what of it is not told.
    ///
    /// @param key   of its row
    /// @param under the key of the latest change; absent where it had none
    record Row(long key, Item item, @Nullable String under) {}

    /// A made item with the digest of the request that made it.
    record Made(Item item, String digest) {}

    @Nullable
    Row find(Principal owner, ItemId id) {
        return handle.createQuery(FOUND + "i.public_id = ? AND i.owner = ?")
                .bind(0, id.value())
                .bind(1, owner.id())
                .map((row, context) -> new Row(row.getLong("id"), item(row), row.getString("change_key")))
                .findOne()
                .orElse(null);
    }

    /// @throws dev.dwata.types.AgentException with `NotFound`
    Row present(Principal owner, ItemId id) {
        Row row = find(owner, id);
        if (row == null) {
            throw Refusal.noItem(id);
        }
        return row;
    }

    @Nullable
    Made madeUnder(Principal owner, String key) {
        return handle.createQuery("SELECT i.content, i.created_digest, " + INFO
                        + " FROM items i WHERE i.owner = ? AND i.created_key = ?")
                .bind(0, owner.id())
                .bind(1, key)
                .map((row, context) -> new Made(item(row), row.getString("created_digest")))
                .findOne()
                .orElse(null);
    }

    /// @throws dev.dwata.types.AgentException with `InvalidRequest` where what is referred to is not there
    ///
    /// @param known what it may refer to, there or not
    void check(Principal owner, ItemDraft draft, Set<ItemId> known) {
        for (Reference reference : draft.references()) {
            if (!known.contains(reference.item())) {
                reference.check(handle.createQuery("SELECT kind FROM items WHERE public_id = ? AND owner = ?")
                        .bind(0, reference.item().value())
                        .bind(1, owner.id())
                        .map((row, context) -> new ItemKind(row.getString(1)))
                        .findOne()
                        .orElse(null));
            }
        }
    }

    /// @return the number of the change
    long note(Principal owner, ItemChange.Kind change, ItemInfo item, Instant time, List<SessionId> sessions) {
        long seq = handle.createQuery("""
                        INSERT INTO item_changes (owner, change, item, changed_at, sessions)
                        VALUES (?, ?, ?, ?, ?) RETURNING seq""")
                .bind(0, owner.id())
                .bind(1, change.wireName())
                .bind(2, Json.MAPPER.writeValueAsString(item))
                .bind(3, time.toEpochMilli())
                .bind(4, Json.MAPPER.writeValueAsString(sessions))
                .map((row, context) -> row.getLong(1))
                .one();
        handle.execute("DELETE FROM item_changes WHERE seq <= ?", seq - Items.KEPT_CHANGES);
        return seq;
    }

    void insert(Principal owner, Item item, long change, Items.@Nullable Key key) {
        handle.createUpdate("""
                        INSERT INTO items (public_id, owner, kind, title, project_id, content, version, created_at,
                          updated_at, updated_by, changed, created_key, created_digest)
                        VALUES (:id, :owner, :kind, :title, :project, :content, 1, :now, :now, :by, :change, :key, :digest)""")
                .bind("id", item.id().value())
                .bind("owner", owner.id())
                .bind("kind", item.kind().name())
                .bind("title", item.info().title())
                .bind("project", item.info().projectId())
                .bind("content", item.content().toString())
                .bind("now", item.info().createdAt().toEpochMilli())
                .bind("by", Json.MAPPER.writeValueAsString(item.info().updatedBy()))
                .bind("change", change)
                .bind("key", key == null ? null : key.name())
                .bind("digest", key == null ? null : key.digest())
                .execute();
    }

    /// What was is kept as a version.
    void replace(Row before, Item next, long change, @Nullable String under) {
        handle.execute("""
                INSERT INTO item_versions (item_id, version, title, project_id, content, updated_at, updated_by)
                SELECT id, version, title, project_id, content, updated_at, updated_by FROM items WHERE id = ?""", before.key);
        handle.execute(
                "DELETE FROM item_versions WHERE item_id = ? AND version < ?",
                before.key,
                next.version() - Items.KEPT_VERSIONS);
        handle.createUpdate("""
                        UPDATE items SET title = :title, project_id = :project, content = :content, version = :version,
                          updated_at = :now, updated_by = :by, changed = :change, change_key = :under WHERE id = :key""")
                .bind("title", next.info().title())
                .bind("project", next.info().projectId())
                .bind("content", next.content().toString())
                .bind("version", next.version())
                .bind("now", next.info().updatedAt().toEpochMilli())
                .bind("by", Json.MAPPER.writeValueAsString(next.info().updatedBy()))
                .bind("change", change)
                .bind("under", under)
                .bind("key", before.key)
                .execute();
    }

    /// @return the sessions that were about it
    List<SessionId> delete(Principal owner, Row row) {
        handle.execute("DELETE FROM items WHERE id = ?", row.key);
        return handle
                .createQuery("UPDATE sessions SET item_id = NULL WHERE item_id = ? AND owner = ? RETURNING public_id")
                .bind(0, row.item.id().value())
                .bind(1, owner.id())
                .map((found, context) -> new SessionId(found.getString(1)))
                .list()
                .stream()
                .sorted()
                .toList();
    }

    static Item item(ResultSet row) throws SQLException {
        return new Item(info(row), Json.MAPPER.readTree(row.getString("content")));
    }

    static ItemInfo info(ResultSet row) throws SQLException {
        return new ItemInfo(
                new ItemId(row.getString("public_id")),
                new ItemKind(row.getString("kind")),
                row.getString("title"),
                row.getString("project_id"),
                row.getLong("version"),
                Rows.time(row, "created_at"),
                Rows.time(row, "updated_at"),
                Json.MAPPER.readValue(row.getString("updated_by"), ItemAuthor.class));
    }
}
