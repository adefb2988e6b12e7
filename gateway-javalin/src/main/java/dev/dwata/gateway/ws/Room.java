package dev.dwata.gateway.ws;

import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Participant;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections that follow one session. What is committed is encoded once and handed to all of them, on a
/// thread of the room's own while there is something to hand out.
final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    /// What may wait to be handed out. Beyond it the room lets go, and its subscriptions read the log.
    private static final int MAX_ARRIVED = 2_048;

    private final SessionId session;
    private final Store store;
    private final WsLimits limits;
    private final ScheduledExecutorService timer;
    private final RoomAgent agent;
    private final RoomPresence presence;
    private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private List<Envelope> arrived = new ArrayList<>();
    private long leftOut;
    private boolean presenceDue;
    private boolean agentOutdated = true;
    private boolean changedElsewhere;
    private boolean busy;

    /// @param timer runs short tasks that do not block
    Room(SessionId session, Store store, WsLimits limits, ScheduledExecutorService timer) {
        this.session = session;
        this.store = store;
        this.limits = limits;
        this.timer = timer;
        this.agent = new RoomAgent(store, session);
        this.presence = new RoomPresence(session, agent, this::remind);
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
        presence.changed();
    }

    /// @return whether nobody is left
    boolean remove(Subscription subscription) {
        if (subscriptions.remove(subscription)) {
            presence.changed();
        }
        return subscriptions.isEmpty();
    }

    /// Has the others told what one shows of itself.
    void shown(Subscription by) {
        presence.changed(by);
    }

    List<Participant> participants() {
        return presence.participants(subscriptions);
    }

    /// The session is like this now. Does not block.
    synchronized void is(SessionView now) {
        if (agent.isOutdatedBy(now)) {
            agentOutdated = true;
            wake();
        }
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

    private void remind(long nanos) {
        if (nanos == 0) {
            presenceDue();
        } else {
            var unused = timer.schedule(this::presenceDue, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void presenceDue() {
        presenceDue = true;
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
    private record Work(List<Envelope> events, long leftOut, boolean presence, boolean agent, boolean elsewhere) {
        boolean isNone() {
            return events.isEmpty() && leftOut == 0 && !presence && !agent && !elsewhere;
        }
    }

    private synchronized Work takeWork() {
        Work work = new Work(arrived, leftOut, presenceDue, agentOutdated, changedElsewhere);
        busy = !work.isNone();
        arrived = new ArrayList<>();
        leftOut = 0;
        presenceDue = false;
        agentOutdated = false;
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
        boolean news = (work.agent || work.leftOut > 0) ? lookAtAgent() : agent.happened(work.events);
        if (news) {
            presence.changed();
        }
        if (work.presence) {
            presence.tell(subscriptions);
        }
    }

    /// What cannot be read now is not told; the events are, whatever becomes of this.
    private boolean lookAtAgent() {
        for (Subscription subscription : subscriptions) {
            Identity owner = subscription.connection().identity();
            if (owner != null) {
                try {
                    return agent.look(owner.principal());
                } catch (AgentException e) {
                    LOG.warn("the agent of session {} could not be looked at: {}", session, e.getMessage());
                    return false;
                }
            }
        }
        return false;
    }

    /// What this process has appended itself comes as events, if it is not here yet.
    private void lookAtLog() {
        long head = store.log().headSeq(session);
        if (!isArriving(head)) {
            subscriptions.forEach(subscription -> subscription.missed(head));
            if (lookAtAgent()) {
                presence.changed();
            }
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
}
