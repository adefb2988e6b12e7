package dev.dwata.agent.store;

import dev.dwata.types.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a store keeps its streams, as [StreamBook] uses it: within one transaction.
public interface StreamRows {
    /// Also one that has expired.
    @Nullable
    StreamInfo find(Streams.Name name);

    @Nullable
    StreamInfo find(long id);

    int count(Principal owner);

    /// @return the id
    long add(StreamInfo stream);

    /// All but its name and how it was made.
    void update(StreamInfo stream);

    /// With all that belongs to it.
    void remove(long id);

    boolean hasForks(long id);

    void append(long stream, Streams.Chunk chunk);

    /// A stream's own chunks that end after `after` and not after `upTo`, in order, until there are
    /// `mostBytes`.
    List<Streams.Chunk> chunks(long stream, long after, long upTo, int mostBytes);

    StreamAppend.@Nullable Producer producer(long stream, String id);

    int producers(long stream);

    void removeProducers(long stream, Instant silentSince);

    void put(long stream, StreamAppend.Producer producer, Instant now);
}
