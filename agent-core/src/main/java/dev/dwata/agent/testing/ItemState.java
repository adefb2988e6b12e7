package dev.dwata.agent.testing;

import dev.dwata.agent.store.Items;
import dev.dwata.types.Item;
import dev.dwata.types.Principal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// An item of an [InMemoryStore], with its versions.
final class ItemState {
    final Principal owner;
    final Items.@Nullable Key madeUnder;
    final Deque<Item> before = new ArrayDeque<>();
    Item item;

    /// Numbers the latest change; of two items the one with the higher was changed last.
    long changed;

    @Nullable
    String changedUnder;

    ItemState(Principal owner, Item item, Items.@Nullable Key madeUnder) {
        this.owner = owner;
        this.item = item;
        this.madeUnder = madeUnder;
    }

    void become(Item next, @Nullable String key) {
        before.addFirst(item);
        if (before.size() > Items.KEPT_VERSIONS) {
            before.removeLast();
        }
        item = next;
        changedUnder = key;
    }
}
