package dev.dwata.agent;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.types.AgentError;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Passes what was committed on to those who follow its session.
final class Feed implements SessionLog.CommitListener {
    private static final CopyOnWriteArrayList<Follower> NOBODY = new CopyOnWriteArrayList<>();

    private final ConcurrentMap<SessionId, CopyOnWriteArrayList<Follower>> followers = new ConcurrentHashMap<>();

    void follow(SessionId session, Follower follower) {
        followers.compute(session, (id, present) -> {
            CopyOnWriteArrayList<Follower> list = present == null ? new CopyOnWriteArrayList<>() : present;
            list.add(follower);
            return list;
        });
    }

    void leave(SessionId session, Follower follower) {
        followers.computeIfPresent(session, (id, list) -> {
            list.remove(follower);
            return list.isEmpty() ? null : list;
        });
    }

    /// Everyone who follows anything.
    List<Follower> all() {
        List<Follower> all = new ArrayList<>();
        followers.values().forEach(all::addAll);
        return all;
    }

    /// Ends the streams of a session; absent: all.
    void end(@Nullable SessionId session, AgentError why) {
        for (Follower follower : session == null ? all() : followers.getOrDefault(session, NOBODY)) {
            if (follower instanceof LocalEventStream stream) {
                stream.end(why);
            }
        }
    }

    @Override
    public void changedElsewhere() {
        all().forEach(Follower::happenedElsewhere);
    }

    @Override
    public void committed(List<Envelope> batch) {
        if (batch.isEmpty() || followers.isEmpty()) {
            return;
        }
        SessionId first = batch.getFirst().sessionId();
        if (batch.getLast().sessionId().equals(first)
                && batch.stream().allMatch(entry -> entry.sessionId().equals(first))) {
            pass(first, batch);
            return;
        }
        Map<SessionId, List<Envelope>> bySession = new LinkedHashMap<>();
        for (Envelope envelope : batch) {
            bySession
                    .computeIfAbsent(envelope.sessionId(), id -> new ArrayList<>())
                    .add(envelope);
        }
        bySession.forEach(this::pass);
    }

    private void pass(SessionId session, List<Envelope> events) {
        List<Follower> present = followers.get(session);
        if (present != null) {
            present.forEach(follower -> follower.happened(events));
        }
    }
}
