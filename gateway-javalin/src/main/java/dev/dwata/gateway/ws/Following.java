package dev.dwata.gateway.ws;

import dev.dwata.agent.store.Store;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sessions that one connection follows, of which one is its current one. Leaving the current one for
/// another also stops following it, unless it was asked for by name.
final class Following {
    private final Connection connection;
    private final Rooms rooms;
    private final Store store;
    private final Map<SessionId, Subscription> subscriptions = new HashMap<>();
    private final Set<SessionId> askedFor = new HashSet<>();
    private @Nullable SessionId current;
    private boolean over;

    Following(Connection connection, Rooms rooms, Store store) {
        this.connection = connection;
        this.rooms = rooms;
        this.store = store;
    }

    /// From where to follow.
    ///
    /// @param afterSeq the last entry that the client has; absent: it starts with what comes after `head`
    /// @param head     the latest entry that the client was told of
    /// @param mark     whether it is told when it has everything so far
    record From(@Nullable Long afterSeq, long head, boolean mark) {}

    synchronized @Nullable SessionId current() {
        return current;
    }

    /// Makes a session the current one, and follows it.
    void enter(SessionId session, From from) {
        SessionId before;
        synchronized (this) {
            before = current;
            current = session;
        }
        if (before != null && !before.equals(session) && !isAskedFor(before)) {
            leave(before);
        }
        follow(session, from);
    }

    /// Follows a session besides the current one.
    void attach(SessionId session, From from) {
        askFor(session);
        follow(session, from);
    }

    synchronized void askFor(SessionId session) {
        askedFor.add(session);
    }

    private synchronized boolean isAskedFor(SessionId session) {
        return askedFor.contains(session);
    }

    /// Follows a session, if it is not followed yet or a replay is wanted.
    void follow(SessionId session, From from) {
        Subscription subscription;
        boolean fresh;
        synchronized (this) {
            if (over) {
                return;
            }
            Subscription present = subscriptions.get(session);
            fresh = present == null;
            if (present == null) {
                subscription = Subscription.waiting(connection, session, store);
                join(subscription);
            } else {
                subscription = present;
            }
        }
        if (fresh || from.afterSeq() != null) {
            long after = from.afterSeq() == null ? from.head() : from.afterSeq();
            subscription.replay(after, store.log().headSeq(session), from.mark());
        } else if (from.mark()) {
            subscription.mark();
        }
    }

    /// Follows a session from the entry after `seq` on, if it is not followed yet. For the thread that is about
    /// to publish that entry; does not block.
    synchronized void followFrom(SessionId session, long seq) {
        if (!over && !subscriptions.containsKey(session)) {
            join(Subscription.live(connection, session, store, seq));
        }
    }

    private void join(Subscription subscription) {
        subscriptions.put(subscription.session(), subscription);
        rooms.join(subscription);
        connection.joined(subscription.session());
    }

    /// @return whether it was followed
    synchronized boolean leave(SessionId session) {
        askedFor.remove(session);
        Subscription subscription = subscriptions.remove(session);
        if (session.equals(current)) {
            current = null;
        }
        if (subscription != null) {
            rooms.leave(subscription);
            connection.left(session);
        }
        return subscription != null;
    }

    /// Leaves all, for good.
    synchronized void end() {
        over = true;
        List<Subscription> all = new ArrayList<>(subscriptions.values());
        subscriptions.clear();
        for (Subscription subscription : all) {
            rooms.leave(subscription);
            connection.left(subscription.session());
        }
    }
}
