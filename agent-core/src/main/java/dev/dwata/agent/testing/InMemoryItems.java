package dev.dwata.agent.testing;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.item.Reference;
import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SearchWords;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryItems implements Items {
    private static final int WEIGHT_OF_TITLE = 8;
    private static final int MOST_REFERRERS = 20;

    private final StoredState state;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    InMemoryItems(StoredState state) {
        this.state = state;
    }

    @Override
    public Item create(Principal owner, ItemDraft draft, ItemAuthor by, @Nullable Key key) {
        ItemDraft clean = CleanText.of(draft).checked();
        return told(() -> {
            Item known = key == null ? null : madeUnder(owner, key);
            if (known != null) {
                return known;
            }
            if (of(owner).count() >= MOST_ITEMS) {
                throw Refusal.tooManyItems();
            }
            check(owner, clean, Set.of());
            Instant now = state.now();
            ItemInfo info =
                    new ItemInfo(ItemId.create(), clean.kind(), clean.title(), clean.projectId(), 1, now, now, by);
            ItemState made = new ItemState(owner, new Item(info, clean.content()), key);
            state.items.put(info.id(), made);
            made.changed = note(owner, ItemChange.Kind.CREATED, info, List.of());
            return made.item;
        });
    }

    private @Nullable Item madeUnder(Principal owner, Key key) {
        for (ItemState item : state.items.values()) {
            if (item.owner.equals(owner)
                    && item.madeUnder != null
                    && item.madeUnder.name().equals(key.name())) {
                if (!item.madeUnder.digest().equals(key.digest())) {
                    throw Refusal.itemKeyUsed(key);
                }
                return item.item;
            }
        }
        return null;
    }

    @Override
    public Optional<Item> find(Principal owner, ItemId id) {
        return state.locked(() -> Optional.ofNullable(ofOwner(owner, id)).map(found -> found.item));
    }

    @Override
    public Optional<Item> find(Principal owner, ItemId id, long version) {
        return state.locked(
                () -> all(owner, id).filter(item -> item.version() == version).findFirst());
    }

    @Override
    public List<ItemInfo> versions(Principal owner, ItemId id) {
        return state.locked(() -> all(owner, id).map(Item::info).toList());
    }

    private Stream<Item> all(Principal owner, ItemId id) {
        ItemState found = ofOwner(owner, id);
        return found == null ? Stream.of() : Stream.concat(Stream.of(found.item), found.before.stream());
    }

    @Override
    public Page list(Principal owner, ItemQuery query) {
        return state.locked(() -> {
            List<ItemInfo> all = matching(owner, query)
                    .sorted(Comparator.comparingLong((ItemState item) -> item.changed)
                            .reversed())
                    .map(item -> item.item.info())
                    .toList();
            return new Page(
                    all.stream().skip(query.offset()).limit(query.limit()).toList(), all.size());
        });
    }

    @Override
    public List<Hit> search(Principal owner, ItemQuery query) {
        SearchWords words = SearchWords.of(query.query());
        if (words == null) {
            return List.of();
        }
        return state.locked(() -> matching(owner, query)
                .sorted(Comparator.comparingDouble((ItemState item) -> weight(item.item, words))
                        .reversed())
                .skip(query.offset())
                .limit(query.limit())
                .map(item -> new Hit(item.item.info(), words.snippet(ItemDraft.words(item.item.content()))))
                .toList());
    }

    private Stream<ItemState> matching(Principal owner, ItemQuery query) {
        SearchWords words = SearchWords.of(query.query());
        return of(owner)
                .filter(item -> query.kind() == null || query.kind().equals(item.item.kind()))
                .filter(item -> query.projectId() == null
                        || query.projectId().equals(item.item.info().projectId()))
                .filter(item -> words == null
                        || words.matches(item.item.info().title() + " " + ItemDraft.words(item.item.content())));
    }

    private static double weight(Item item, SearchWords words) {
        String title = item.info().title();
        String text = ItemDraft.words(item.content());
        double found = WEIGHT_OF_TITLE * words.countIn(title) + words.countIn(text);
        return found / (100 + title.length() + text.length());
    }

    @Override
    public Item update(Principal owner, ItemId id, ItemEdit edit, ItemAuthor by) {
        return told(() -> {
            ItemState found = present(owner, id);
            if (edit.key() != null && edit.key().equals(found.changedUnder)) {
                return found.item;
            }
            expect(found.item, edit.expectedVersion());
            ItemDraft before = ItemDraft.of(found.item);
            ItemDraft after = CleanText.of(edit.change().apply(before)).checked();
            if (after.equals(before)) {
                return found.item;
            }
            check(
                    owner,
                    after,
                    before.references().stream().map(Reference::item).collect(Collectors.toSet()));
            ItemInfo info = found.item.info();
            ItemInfo next = new ItemInfo(
                    id,
                    info.kind(),
                    after.title(),
                    after.projectId(),
                    info.version() + 1,
                    info.createdAt(),
                    state.now(),
                    by);
            found.become(new Item(next, after.content()), edit.key());
            found.changed = note(owner, ItemChange.Kind.UPDATED, next, List.of());
            return found.item;
        });
    }

    @Override
    public Deletion delete(Principal owner, ItemId id, @Nullable Long expectedVersion, ItemAuthor by) {
        return told(() -> {
            ItemState found = present(owner, id);
            expect(found.item, expectedVersion);
            state.items.remove(id);
            List<SessionId> unbound = state.sessions.values().stream()
                    .filter(session -> session.owner.equals(owner) && session.isAbout(id))
                    .map(SessionState::beAboutNothing)
                    .sorted()
                    .toList();
            ItemInfo last = found.item.info();
            ItemInfo told = new ItemInfo(
                    id,
                    last.kind(),
                    last.title(),
                    last.projectId(),
                    last.version(),
                    last.createdAt(),
                    last.updatedAt(),
                    by);
            note(owner, ItemChange.Kind.DELETED, told, unbound);
            List<ItemInfo> referrers = of(owner)
                    .filter(other -> ItemDraft.of(other.item).references().stream()
                            .anyMatch(reference -> reference.item().equals(id)))
                    .map(other -> other.item.info())
                    .sorted(Comparator.comparing(ItemInfo::id))
                    .limit(MOST_REFERRERS)
                    .toList();
            return new Deletion(last, referrers);
        });
    }

    @Override
    public List<ItemId> missing(Principal owner, Item item) {
        return state.locked(() -> ItemDraft.of(item).references().stream()
                .map(Reference::item)
                .distinct()
                .filter(id -> ofOwner(owner, id) == null)
                .toList());
    }

    @Override
    public List<ItemChange> changes(long after, int limit) {
        return state.locked(() -> state.itemChanges.stream()
                .filter(change -> change.seq() > after)
                .limit(limit)
                .toList());
    }

    @Override
    public long latestChange() {
        return state.locked(() -> state.latestItemChange);
    }

    @Override
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// Changes something and tells the listeners if it did.
    private <T> T told(Supplier<T> change) {
        long before = latestChange();
        T result = state.locked(change);
        if (latestChange() > before) {
            listeners.forEach(Runnable::run);
        }
        return result;
    }

    private long note(Principal owner, ItemChange.Kind change, ItemInfo item, List<SessionId> sessions) {
        state.latestItemChange++;
        state.itemChanges.add(new ItemChange(state.latestItemChange, owner, change, item, state.now(), sessions));
        while (state.itemChanges.size() > KEPT_CHANGES) {
            state.itemChanges.remove(0);
        }
        return state.latestItemChange;
    }

    private void check(Principal owner, ItemDraft draft, Set<ItemId> known) {
        for (Reference reference : draft.references()) {
            if (!known.contains(reference.item())) {
                ItemState found = ofOwner(owner, reference.item());
                reference.check(found == null ? null : found.item.kind());
            }
        }
    }

    private static void expect(Item item, @Nullable Long version) {
        if (version != null && version != item.version()) {
            throw Refusal.staleItem(item.id(), version, item.version());
        }
    }

    private ItemState present(Principal owner, ItemId id) {
        ItemState found = ofOwner(owner, id);
        if (found == null) {
            throw Refusal.noItem(id);
        }
        return found;
    }

    private @Nullable ItemState ofOwner(Principal owner, ItemId id) {
        ItemState found = state.items.get(id);
        return found != null && found.owner.equals(owner) ? found : null;
    }

    private Stream<ItemState> of(Principal owner) {
        return state.items.values().stream().filter(item -> item.owner.equals(owner));
    }
}
