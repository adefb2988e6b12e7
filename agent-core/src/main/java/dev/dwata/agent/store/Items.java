package dev.dwata.agent.store;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.types.AgentException;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Items: what people and agents work on together. Each has versions 1, 2, 3 …, of which a change may say for
/// which it was made. Another's item does not exist.
public interface Items {
    /// Of one owner.
    int MOST_ITEMS = 10_000;

    /// How many versions before the present one are kept.
    int KEPT_VERSIONS = 20;

    /// How many changes are remembered at least, of all owners.
    int KEPT_CHANGES = 1_000;

    /// Makes an item. With a key that was used before, nothing is made, and the item that was is returned as it
    /// is now.
    ///
    /// @throws AgentException with `InvalidRequest` or `TooLarge` if it is out of bounds or refers to what is
    ///                        not there, with `Conflict` if there are too many, with `IdempotencyConflict` if
    ///                        the key was used for something else
    Item create(Principal owner, ItemDraft draft, ItemAuthor by, @Nullable Key key);

    Optional<Item> find(Principal owner, ItemId id);

    /// An earlier version, as far as it is kept, or the present one. Its times and its author are those of that
    /// version.
    Optional<Item> find(Principal owner, ItemId id, long version);

    /// The present version and those before it that are kept, the latest first; empty where there is no such
    /// item.
    List<ItemInfo> versions(Principal owner, ItemId id);

    /// Those changed last come first.
    Page list(Principal owner, ItemQuery query);

    /// The best come first, where a word in a title weighs more than one in a content.
    ///
    /// @return empty also where the query has no words
    List<Hit> search(Principal owner, ItemQuery query);

    /// Changes an item; a change that changes nothing makes no version. What it refers to must be there, unless
    /// it referred to that before.
    ///
    /// @throws AgentException with `NotFound`; with `Conflict` if it is at another version than expected, whose
    ///                        details have `expectedVersion` and `version`; and as [#create] does
    Item update(Principal owner, ItemId id, ItemEdit edit, ItemAuthor by);

    /// Deletes an item and its versions. Sessions that were about it are about none then; items that refer to
    /// it stay as they are.
    ///
    /// @param expectedVersion absent: whatever it is
    /// @throws AgentException with `NotFound`, or with `Conflict` as [#update] does
    Deletion delete(Principal owner, ItemId id, @Nullable Long expectedVersion, ItemAuthor by);

    /// What an item refers to and is not there any more, in order.
    List<ItemId> missing(Principal owner, Item item);

    /// Changes of all owners after one, the earliest first. Where many have happened since, the first of them
    /// may be forgotten.
    ///
    /// @param after the number of a change, or 0
    List<ItemChange> changes(long after, int limit);

    /// The number of the latest change; 0 where there is none.
    long latestChange();

    /// Has `listener` called after every change that was made by this object, on the thread that made it. It
    /// must not block.
    void listen(Runnable listener);

    /// So that making an item twice makes it once.
    ///
    /// @param name   of the request
    /// @param digest of what was asked for: the same name with another digest is a conflict
    record Key(String name, String digest) {}

    /// @param total how many there are, within the limit or not
    record Page(List<ItemInfo> items, long total) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /// An item that was found.
    ///
    /// @param snippet some of its text, with « » around the words
    record Hit(ItemInfo item, String snippet) {}

    /// @param last       as it was
    /// @param referredBy items that still refer to it, at most 20
    record Deletion(ItemInfo last, List<ItemInfo> referredBy) {
        public Deletion {
            referredBy = List.copyOf(referredBy);
        }
    }
}
