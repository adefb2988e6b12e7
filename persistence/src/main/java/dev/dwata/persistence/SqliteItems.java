package dev.dwata.persistence;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.item.Reference;
import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SearchWords;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class SqliteItems implements Items {
    private final Writer writer;
    private final Readers readers;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    SqliteItems(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /// @param changed whether there is something to tell
    private record Done<T>(T result, boolean changed) {}

    @Override
    public Item create(Principal owner, ItemDraft draft, ItemAuthor by, @Nullable Key key) {
        ItemDraft clean = CleanText.of(draft).checked();
        return change(transaction -> {
            ItemRows rows = new ItemRows(transaction.handle);
            ItemRows.Made made = key == null ? null : rows.madeUnder(owner, key.name());
            if (key != null && made != null) {
                if (!made.digest().equals(key.digest())) {
                    throw Refusal.itemKeyUsed(key);
                }
                return new Done<>(made.item(), false);
            }
            if (count(transaction.handle, owner) >= MOST_ITEMS) {
                throw Refusal.tooManyItems();
            }
            rows.check(owner, clean, Set.of());
            Instant now = transaction.now();
            ItemInfo info =
                    new ItemInfo(ItemId.create(), clean.kind(), clean.title(), clean.projectId(), 1, now, now, by);
            Item item = new Item(info, clean.content());
            rows.insert(owner, item, rows.note(owner, ItemChange.Kind.CREATED, info, now, List.of()), key);
            return new Done<>(item, true);
        });
    }

    private static long count(Handle handle, Principal owner) {
        return handle.createQuery("SELECT count(*) FROM items WHERE owner = ?")
                .bind(0, owner.id())
                .map((row, context) -> row.getLong(1))
                .one();
    }

    @Override
    public Item update(Principal owner, ItemId id, ItemEdit edit, ItemAuthor by) {
        return change(transaction -> {
            ItemRows rows = new ItemRows(transaction.handle);
            ItemRows.Row row = rows.present(owner, id);
            if (edit.key() != null && edit.key().equals(row.under())) {
                return new Done<>(row.item(), false);
            }
            expect(row.item(), edit.expectedVersion());
            ItemDraft before = ItemDraft.of(row.item());
            ItemDraft after = CleanText.of(edit.change().apply(before)).checked();
            if (after.equals(before)) {
                return new Done<>(row.item(), false);
            }
            rows.check(
                    owner,
                    after,
                    before.references().stream().map(Reference::item).collect(Collectors.toSet()));
            Item next = next(row.item().info(), after, transaction.now(), by);
            ItemInfo info = next.info();
            long change = rows.note(owner, ItemChange.Kind.UPDATED, info, info.updatedAt(), List.of());
            rows.replace(row, next, change, edit.key());
            return new Done<>(next, true);
        });
    }

    private static Item next(ItemInfo before, ItemDraft after, Instant now, ItemAuthor by) {
        ItemInfo info = new ItemInfo(
                before.id(),
                before.kind(),
                after.title(),
                after.projectId(),
                before.version() + 1,
                before.createdAt(),
                now,
                by);
        return new Item(info, after.content());
    }

    @Override
    public Deletion delete(Principal owner, ItemId id, @Nullable Long expectedVersion, ItemAuthor by) {
        return change(transaction -> {
            ItemRows rows = new ItemRows(transaction.handle);
            ItemRows.Row row = rows.present(owner, id);
            expect(row.item(), expectedVersion);
            List<SessionId> sessions = rows.delete(owner, row);
            ItemInfo last = row.item().info();
            ItemInfo told = new ItemInfo(
                    id,
                    last.kind(),
                    last.title(),
                    last.projectId(),
                    last.version(),
                    last.createdAt(),
                    last.updatedAt(),
                    by);
            rows.note(owner, ItemChange.Kind.DELETED, told, transaction.now(), sessions);
            return new Done<>(new Deletion(last, referrers(transaction.handle, owner, id)), true);
        });
    }

    /// An id is in no text by chance, and those who have it elsewhere are left out.
    private static List<ItemInfo> referrers(Handle handle, Principal owner, ItemId id) {
        return handle.createQuery("SELECT " + ItemRows.INFO + """
                         FROM items i WHERE i.owner = :owner AND i.kind IN ('song', 'playlist')
                          AND EXISTS (SELECT 1 FROM json_each(i.content, '$.items')
                                      WHERE lower(value ->> '$.itemId') = :item)
                        ORDER BY i.public_id LIMIT 20""")
                .bind("owner", owner.id())
                .bind("item", id.value())
                .map((row, context) -> ItemRows.info(row))
                .list();
    }

    private static void expect(Item item, @Nullable Long version) {
        if (version != null && version != item.version()) {
            throw Refusal.staleItem(item.id(), version, item.version());
        }
    }

    private <T> T change(Function<Transaction, Done<T>> work) {
        Done<T> done = writer.call(Safety.SYNCED, work);
        if (done.changed) {
            listeners.forEach(Runnable::run);
        }
        return done.result;
    }

    @Override
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<Item> find(Principal owner, ItemId id) {
        return readers.read(handle -> {
            ItemRows.Row row = new ItemRows(handle).find(owner, id);
            return row == null ? Optional.empty() : Optional.of(row.item());
        });
    }

    @Override
    public Optional<Item> find(Principal owner, ItemId id, long version) {
        return readers.read(handle -> {
            ItemRows.Row row = new ItemRows(handle).find(owner, id);
            if (row == null || row.item().version() == version) {
                return row == null ? Optional.empty() : Optional.of(row.item());
            }
            return handle.createQuery("""
                            SELECT i.public_id, i.kind, v.title, v.project_id, v.version, i.created_at, v.updated_at,
                              v.updated_by, v.content
                            FROM item_versions v JOIN items i ON i.id = v.item_id WHERE v.item_id = ? AND v.version = ?""")
                    .bind(0, row.key())
                    .bind(1, version)
                    .map((found, context) -> ItemRows.item(found))
                    .findOne();
        });
    }

    @Override
    public List<ItemInfo> versions(Principal owner, ItemId id) {
        return readers.read(handle -> handle.createQuery("SELECT " + ItemRows.INFO + """
                         FROM items i WHERE i.public_id = :id AND i.owner = :owner
                        UNION ALL
                        SELECT i.public_id, i.kind, v.title, v.project_id, v.version, i.created_at, v.updated_at,
                          v.updated_by
                        FROM item_versions v JOIN items i ON i.id = v.item_id
                        WHERE i.public_id = :id AND i.owner = :owner ORDER BY 5 DESC""")
                .bind("id", id.value())
                .bind("owner", owner.id())
                .map((row, context) -> ItemRows.info(row))
                .list());
    }

    @Override
    public Page list(Principal owner, ItemQuery query) {
        SearchWords words = SearchWords.of(query.query());
        if (Search.isHopeless(words)) {
            return new Page(List.of(), 0);
        }
        ItemSearch search = new ItemSearch(owner, query, words);
        return readers.read(handle -> new Page(search.latest(handle), search.count(handle)));
    }

    @Override
    public List<Hit> search(Principal owner, ItemQuery query) {
        SearchWords words = SearchWords.of(query.query());
        return words == null || Search.isHopeless(words)
                ? List.of()
                : readers.read(new ItemSearch(owner, query, words)::best);
    }

    @Override
    public List<ItemId> missing(Principal owner, Item item) {
        List<ItemId> all = ItemDraft.of(item).references().stream()
                .map(Reference::item)
                .distinct()
                .toList();
        return all.isEmpty()
                ? all
                : readers.read(handle -> handle.createQuery("""
                                SELECT value FROM json_each(:ids) WHERE NOT EXISTS
                                  (SELECT 1 FROM items WHERE public_id = value AND owner = :owner) ORDER BY key""")
                        .bind("ids", Json.MAPPER.writeValueAsString(all))
                        .bind("owner", owner.id())
                        .map((row, context) -> new ItemId(row.getString(1)))
                        .list());
    }

    @Override
    public List<ItemChange> changes(long after, int limit) {
        return readers.read(handle -> handle.createQuery(
                        "SELECT * FROM item_changes WHERE seq > ? ORDER BY seq LIMIT ?")
                .bind(0, after)
                .bind(1, limit)
                .map((row, context) -> new ItemChange(
                        row.getLong("seq"),
                        new Principal(row.getString("owner")),
                        ItemChange.Kind.of(row.getString("change")),
                        Json.MAPPER.readValue(row.getString("item"), ItemInfo.class),
                        Rows.time(row, "changed_at"),
                        List.of(Json.MAPPER.readValue(row.getString("sessions"), SessionId[].class))))
                .list());
    }

    @Override
    public long latestChange() {
        return readers.read(handle -> handle.createQuery("SELECT coalesce(max(seq), 0) FROM item_changes")
                .map((row, context) -> row.getLong(1))
                .one());
    }
}
