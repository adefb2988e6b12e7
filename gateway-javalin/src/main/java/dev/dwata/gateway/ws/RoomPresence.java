package dev.dwata.gateway.ws;

import dev.dwata.types.Participant;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.ParticipantView;
import dev.dwata.types.wire.PresencePayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells those in a room who is there and what they show of themselves. What changes within a moment is told
/// together, as it is in the end, and a client that takes nothing is told later.
final class RoomPresence {
    private static final long NANOS = 1_000_000_000;
    private static final long PAUSE = Duration.ofMillis(50).toNanos();
    private static final long RETRY = Duration.ofMillis(500).toNanos();

    /// Of a room in all; many who show much are told less often.
    private static final long BYTES_PER_SECOND = 8 << 20;

    private final SessionId session;
    private final RoomAgent agent;
    private final Alarm alarm;
    private final Set<Subscription> changed = new HashSet<>();
    private Set<Subscription> owed = new HashSet<>();
    private boolean forAll;
    private boolean pending;
    private long quietUntil = System.nanoTime();

    /// Has [#tell] called.
    @FunctionalInterface
    interface Alarm {
        /// @param nanos in how long; 0 for at once. Does not block
        void in(long nanos);
    }

    RoomPresence(SessionId session, RoomAgent agent, Alarm alarm) {
        this.session = session;
        this.agent = agent;
        this.alarm = alarm;
    }

    /// Something changed that everybody is to know.
    synchronized void changed() {
        forAll = true;
        alarm(0);
    }

    /// What one shows of itself changed: the others are to know.
    synchronized void changed(Subscription by) {
        changed.add(by);
        alarm(0);
    }

    private void alarm(long atLeast) {
        if (!pending) {
            pending = true;
            alarm.in(Math.max(atLeast, quietUntil - System.nanoTime()));
        }
    }

    /// @param all those who are there
    void tell(List<Subscription> all) {
        Set<Subscription> listeners = listeners(all);
        if (listeners.isEmpty()) {
            return;
        }
        Outgoing presence = Outgoing.event("presence", new PresencePayload(session, views(all)));
        Set<Subscription> left = new HashSet<>();
        for (Subscription listener : listeners) {
            if (listener.connection().outbox().roomy()) {
                listener.connection().outbox().send(presence);
            } else {
                left.add(listener);
            }
        }
        told(left, (long) presence.bytes() * listeners.size());
    }

    private synchronized Set<Subscription> listeners(List<Subscription> all) {
        Set<Subscription> listeners = new HashSet<>(all);
        if (!forAll && changed.isEmpty()) {
            listeners.retainAll(owed);
        } else if (!forAll && changed.size() == 1 && !owed.containsAll(changed)) {
            listeners.removeAll(changed);
        }
        pending = false;
        forAll = false;
        changed.clear();
        owed = new HashSet<>();
        return listeners;
    }

    private synchronized void told(Set<Subscription> left, long bytes) {
        quietUntil = System.nanoTime() + Math.max(PAUSE, bytes * NANOS / BYTES_PER_SECOND);
        if (!left.isEmpty()) {
            owed.addAll(left);
            alarm(RETRY);
        }
    }

    private List<ParticipantView> views(List<Subscription> all) {
        return participants(all).stream().map(ParticipantView::of).toList();
    }

    /// Clients in the order in which they came, then the agent.
    List<Participant> participants(List<Subscription> all) {
        List<Participant> participants = new ArrayList<>(all.stream()
                .map(subscription -> subscription.connection().participant(subscription.shown()))
                .filter(Objects::nonNull)
                .toList());
        Participant.@Nullable Agent own = agent.participant();
        if (own != null) {
            participants.add(own);
        }
        return participants;
    }
}
