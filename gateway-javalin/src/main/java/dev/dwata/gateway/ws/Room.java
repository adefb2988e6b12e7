package dev.dwata.gateway.ws;

import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.ParticipantView;
import dev.dwata.types.wire.PresencePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections that follow one session. What is committed is encoded once and handed to all of them, on a
/// thread of the room's own while there is something to hand out.
final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    /// What may wait to be handed out. Beyond it the room lets go, and its subscriptions read the log.
    private static final int MAX_ARRIVED = 2_048;

    private final SessionId session;
    private final ToLongFunction<SessionId> heads;
    private final WsLimits limits;
    private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private List<Envelope> arrived = new ArrayList<>();
    private long leftOut;
    private boolean presenceChanged;
    private boolean changedElsewhere;
    private boolean busy;

    /// @param heads reads the number of a session's latest entry
    Room(SessionId session, ToLongFunction<SessionId> heads, WsLimits limits) {
        this.session = session;
        this.heads = heads;
        this.limits = limits;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /// Whether all were sent the entries up to `seq`.
    boolean hasSent(long seq) {
        return subscriptions.stream().allMatch(subscription -> subscription.position() >= seq);
    }

    void add(Subscription subscription) {
        subscriptions.add(subscription);
        announcePresence();
    }

    /// @return whether nobody is left
    boolean remove(Subscription subscription) {
        if (subscriptions.remove(subscription)) {
            announcePresence();
        }
        return subscriptions.isEmpty();
    }

    /// Takes what was committed, in order. Does not block.
    synchronized void committed(List<Envelope> events) {
        arrived.addAll(events);
        if (arrived.size() > MAX_ARRIVED) {
            leftOut = lastSeq(arrived, leftOut);
            arrived = new ArrayList<>();
        }
        wake();
    }

    private synchronized void announcePresence() {
        presenceChanged = true;
        wake();
    }

    /// Another process may have appended to the session. Does not block.
    synchronized void changedElsewhere() {
        changedElsewhere = true;
        wake();
    }

    private void wake() {
        if (!busy) {
            busy = true;
            Thread.ofVirtual().name("room").start(this::handOut);
        }
    }

    /// What is to be handed out.
    private record Work(List<Envelope> events, long leftOut, boolean presence, boolean elsewhere) {
        boolean isNone() {
            return events.isEmpty() && leftOut == 0 && !presence && !elsewhere;
        }
    }

    private synchronized Work takeWork() {
        Work work = new Work(arrived, leftOut, presenceChanged, changedElsewhere);
        busy = !work.isNone();
        arrived = new ArrayList<>();
        leftOut = 0;
        presenceChanged = false;
        changedElsewhere = false;
        return work;
    }

    private void handOut() {
        Work work = takeWork();
        while (!work.isNone()) {
            try {
                handOut(work);
            } catch (RuntimeException e) {
                LOG.error("handing out events of session {} failed", session, e);
                long last = lastSeq(work.events, work.leftOut);
                subscriptions.forEach(subscription -> subscription.missed(last));
            }
            work = takeWork();
        }
    }

    private void handOut(Work work) {
        if (work.leftOut > 0) {
            subscriptions.forEach(subscription -> subscription.missed(work.leftOut));
        }
        int from = 0;
        while (from < work.events.size() && !subscriptions.isEmpty()) {
            List<EncodedEvent> portion = Portion.first(work.events.subList(from, work.events.size()), limits);
            subscriptions.forEach(subscription -> subscription.publish(portion));
            from += portion.size();
        }
        if (work.elsewhere) {
            lookAtLog();
        }
        if (work.presence) {
            Outgoing presence = Outgoing.event("presence", new PresencePayload(session, participants()));
            subscriptions.forEach(
                    subscription -> subscription.connection().outbox().send(presence));
        }
    }

    /// What this process has appended itself comes as events, if it is not here yet.
    private void lookAtLog() {
        long head = heads.applyAsLong(session);
        if (!isArriving(head)) {
            subscriptions.forEach(subscription -> subscription.missed(head));
        }
    }

    private synchronized boolean isArriving(long seq) {
        return lastSeq(arrived, leftOut) >= seq;
    }

    private static long lastSeq(List<Envelope> events, long atLeast) {
        long last = atLeast;
        for (Envelope event : events) {
            last = Math.max(last, event.seq());
        }
        return last;
    }

    private List<ParticipantView> participants() {
        return subscriptions.stream()
                .map(subscription -> subscription.connection().participant())
                .filter(Objects::nonNull)
                .toList();
    }
}
