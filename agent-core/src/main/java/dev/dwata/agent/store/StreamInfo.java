package dev.dwata.agent.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stream as it is stored.
///
/// @param id        within this store
/// @param config    as it was made; the content type and what it has of its source are filled in
/// @param tail      the position after the last append
/// @param closed    whether nothing follows
/// @param closedBy  the producer's append that closed it; absent: it is open, or somebody else's was it
/// @param lastOrder [StreamAppend#order] of the last append that had one
/// @param origin    absent: it is no fork
/// @param due       when it expires as things stand; absent: never
/// @param deleted   whether it is only there for its forks
public record StreamInfo(
        long id,
        Streams.Name name,
        StreamConfig config,
        long tail,
        boolean closed,
        StreamAppend.@Nullable Producer closedBy,
        @Nullable String lastOrder,
        @Nullable Origin origin,
        @Nullable Instant due,
        boolean deleted) {

    /// What a fork begins with.
    ///
    /// @param stream its id
    /// @param at     up to which position
    /// @param depth  how many streams it goes on from
    public record Origin(long stream, long at, int depth) {}

    public String contentType() {
        String type = config.contentType();
        return type == null ? StreamConfig.BYTES : type;
    }

    public boolean isJson() {
        return StreamConfig.isJson(contentType());
    }

    boolean hasExpired(Instant now) {
        return due != null && !now.isBefore(due);
    }

    public StreamInfo withId(long id) {
        return new StreamInfo(id, name, config, tail, closed, closedBy, lastOrder, origin, due, deleted);
    }

    StreamInfo withTail(long tail) {
        return new StreamInfo(id, name, config, tail, closed, closedBy, lastOrder, origin, due, deleted);
    }

    StreamInfo withOrder(String order) {
        return new StreamInfo(id, name, config, tail, closed, closedBy, order, origin, due, deleted);
    }

    StreamInfo closedBy(StreamAppend.@Nullable Producer producer) {
        return new StreamInfo(id, name, config, tail, true, producer, lastOrder, origin, due, deleted);
    }

    StreamInfo asDeleted() {
        return new StreamInfo(id, name, config, tail, closed, closedBy, lastOrder, origin, due, true);
    }

    /// Begins its time to live anew.
    StreamInfo usedAt(Instant now) {
        return new StreamInfo(
                id, name, config, tail, closed, closedBy, lastOrder, origin, dueFrom(config, now), deleted);
    }

    /// Whether it is worth storing that it was used: a little of its time has passed.
    boolean isWorthUsing(Instant now) {
        Long ttl = config.ttlSeconds();
        return ttl != null && due != null && due.toEpochMilli() - now.toEpochMilli() < ttl * 1_000 - ttl * 50;
    }

    static @Nullable Instant dueFrom(StreamConfig config, Instant now) {
        Long ttl = config.ttlSeconds();
        return ttl == null ? config.expiresAt() : now.plusSeconds(ttl);
    }
}
