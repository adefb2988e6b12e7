package dev.dwata.gateway.ws;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.ItemOperations;
import dev.dwata.types.Envelope;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.wire.ItemUpdatedPayload;
import dev.dwata.types.wire.ItemView;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells clients when an item was changed, whoever did it: those of its owner who have listed items, and those
/// who follow a session that is about the item or in its project.
final class ItemNotices implements SessionLog.CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger(ItemNotices.class);
    private static final int AT_ONCE = 100;

    /// Characters of JSON; what is longer is asked for by who wants it.
    private static final int LARGEST_TOLD = 64 * 1024;

    private final Store store;
    private final ItemOperations items;
    private final Rooms rooms;
    private final Supplier<Collection<Connection>> connections;
    private final SessionNotices sessions;

    /// What followed sessions are about, as they were first looked at; used by one thread at a time.
    private final Map<SessionId, About> abouts = new HashMap<>();

    private long seen;
    private boolean asked;
    private boolean busy;

    private record About(@Nullable String itemId, @Nullable String projectId) {
        static final About NOTHING = new About(null, null);

        boolean concerns(ItemInfo item) {
            return item.id().value().equals(itemId) || (projectId != null && projectId.equals(item.projectId()));
        }
    }

    ItemNotices(Store store, Rooms rooms, Supplier<Collection<Connection>> connections, SessionNotices sessions) {
        this.store = store;
        this.items = new ItemOperations(store.items());
        this.rooms = rooms;
        this.connections = connections;
        this.sessions = sessions;
        this.seen = store.items().latestChange();
    }

    @Override
    public void committed(List<Envelope> batch) {
        // entries of logs: no item has changed
    }

    @Override
    public void changedElsewhere() {
        changed();
    }

    /// Does not block.
    synchronized void changed() {
        asked = true;
        if (!busy) {
            busy = true;
            Thread.ofVirtual().name("item-notices").start(this::tellAll);
        }
    }

    private synchronized boolean goesOn() {
        busy = asked;
        asked = false;
        return busy;
    }

    private void tellAll() {
        while (goesOn()) {
            try {
                tellNew();
            } catch (RuntimeException e) {
                LOG.warn("clients could not be told of changed items: {}", e.toString());
            }
        }
    }

    private void tellNew() {
        List<ItemChange> changes = store.items().changes(seen, AT_ONCE);
        while (!changes.isEmpty()) {
            abouts.keySet().retainAll(rooms.followed());
            for (ItemChange change : changes) {
                seen = change.seq();
                tell(change);
            }
            changes = store.items().changes(seen, AT_ONCE);
        }
    }

    private void tell(ItemChange change) {
        Set<Connection> listeners = listeners(change);
        if (!listeners.isEmpty()) {
            ItemView item = view(change);
            Outgoing toOthers = notice(change, item, false);
            Outgoing toSelf = notice(change, item, true);
            ItemAuthor by = change.item().updatedBy();
            for (Connection listener : listeners) {
                boolean own = listener.id().equals(by.connectionId()) || listener.isClient(by.clientId());
                listener.outbox().send(own ? toSelf : toOthers);
            }
        }
        change.sessions().forEach(sessions::changed);
    }

    private Set<Connection> listeners(ItemChange change) {
        Set<Connection> listeners = new LinkedHashSet<>();
        for (Connection connection : connections.get()) {
            if (connection.watchesItems() && isOwner(connection, change)) {
                listeners.add(connection);
            }
        }
        for (SessionId session : rooms.followed()) {
            List<Connection> followers = rooms.followers(session).stream()
                    .filter(follower -> isOwner(follower, change))
                    .toList();
            if (!followers.isEmpty()
                    && (change.sessions().contains(session)
                            || about(change, session).concerns(change.item()))) {
                listeners.addAll(followers);
            }
        }
        return listeners;
    }

    private About about(ItemChange change, SessionId session) {
        return abouts.computeIfAbsent(
                session,
                id -> store.sessions()
                        .find(change.owner(), id)
                        .map((SessionInfo found) -> new About(found.itemId(), found.projectId()))
                        .orElse(About.NOTHING));
    }

    private static boolean isOwner(Connection connection, ItemChange change) {
        Identity client = connection.identity();
        return client != null && client.principal().equals(change.owner());
    }

    private @Nullable ItemView view(ItemChange change) {
        return store.items()
                .find(change.owner(), change.item().id(), change.item().version())
                .filter(item -> change.change() != ItemChange.Kind.DELETED && isTold(item))
                .map(item -> items.view(change.owner(), item))
                .orElse(null);
    }

    private static boolean isTold(Item item) {
        return item.content().toString().length() <= LARGEST_TOLD;
    }

    private static Outgoing notice(ItemChange change, @Nullable ItemView view, boolean fromSelf) {
        ItemInfo item = change.item();
        return Outgoing.event(
                "item.updated",
                new ItemUpdatedPayload(
                        item.id(),
                        item.kind(),
                        item.title(),
                        item.projectId(),
                        item.version(),
                        change.change(),
                        item.updatedBy().withoutConnection(),
                        fromSelf,
                        change.time(),
                        view));
    }
}
